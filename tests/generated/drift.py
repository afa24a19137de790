"""How offices rewrite the names of their indicators from one year to the next, and the families of names that only look alike.

Two vocabularies: linking was tuned on plans of the first, the second (`held_out`) is for measuring alone. What both share is how Japanese is written.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from tests.generated.words import INDICATORS, Measure, measures

Rewrite = Callable[[Random, str], str]


def measure(line: str) -> Measure:
    name, unit, low, high, places = line.split("|")
    return Measure(name, unit, float(low), float(high), int(places))


@dataclass(frozen=True)
class Vocabulary:
    """`plain` names, `families` of names that differ in the words of a slot, `words` (pairs written for one another), `renamed` wholly,
    `split` (a whole and its parts), `services` that share the names of their indicators, `heads` of names that stand in another's place."""

    plain: tuple[Measure, ...]
    families: tuple[tuple[str, tuple[str, ...]], ...]
    words: tuple[tuple[str, str], ...]
    renamed: tuple[tuple[str, str], ...]
    split: tuple[tuple[str, tuple[str, ...]], ...]
    services: tuple[str, ...]
    heads: tuple[str, ...]


def _vocabulary(fields: tuple[str, ...], plain: str, families: str, words: str, renamed: str, split: str, services: str, heads: str) -> Vocabulary:
    def pairs(text: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
        return tuple((line.split("=")[0], tuple(line.split("=")[1].split("/"))) for line in text.split())

    own = tuple(measure(line) for line in plain.split())
    return Vocabulary(
        own + tuple(one for name in fields for one in measures(name)),
        pairs(families),
        tuple((one, other[0]) for one, other in pairs(words)),
        tuple((one, other[0]) for one, other in pairs(renamed)),
        pairs(split),
        tuple(services.split()),
        tuple(heads.split()),
    )


_FIELDS = tuple(INDICATORS)
TUNED = _vocabulary(
    _FIELDS[::2],
    """創業セミナーの参加者数|人|20|400|0 地域職業相談室の就職件数|件|40|900|0 合同企業説明会の開催回数|回|1|9|0 市民後見人養成講座の修了者数|人|8|90|0
    空き家バンクの成約件数|件|3|60|0 ファミリー・サポート・センターの会員数|人|90|2100|0 障がい者雇用率|%|1.8|3.4|2 ひきこもり相談窓口の相談件数|件|30|700|0
    子ども食堂の設置箇所数|か所|2|40|0 就労支援事業所の利用者数|人|40|800|0 健康ポイント事業の参加者数|人|200|9000|0 特産品開発の取組件数|件|2|30|0""",
    """{}の就職件数|件=若年者/高齢者/障がい者/生活困窮者 {}の管理職登用率|%=女性/男性 {}の不登校児童生徒数|人=小学校/中学校 {}の登録者数|人=新規/継続
    企業面談会の{}数|人=参加求職者/参加学生 {}求人倍率|倍=有効/新規
    第{}号被保険者数|人=1/2 {}の待機児童数|人=保育所/幼稚園
    {}の認定企業数|社=くるみん/えるぼし/ユースエール
    {}内就職者の割合|%=市/県 {}者数|人=就職/未就職""",
    """応援=支援 障がい者=障害者 子ども=子供 取組=取り組み 参加者=受講者 開催=実施 設置=開設 養成=育成 創業=起業 講座=教室 健康診査=健診 企業=事業所
    空き家=空家 か所=箇所 受付=受け付け""",
    """認知症サポーターの養成者数(累計)=オレンジパートナー登録数 通いの場の設置箇所数=シニアサロンの数 企業誘致件数(累計)=進出協定の締結数
    子ども食堂の設置箇所数=地域の居場所づくり拠点 空き家バンクの成約件数=住まいマッチング実績 自殺死亡率(人口10万対)=いのちを守る指標""",
    """相談件数|件=電話相談件数/来所相談件数 図書館の利用者数|人=中央図書館の利用者数/分館の利用者数
    スポーツ教室の参加者数|人=子どもスポーツ教室の参加者数/成人スポーツ教室の参加者数
    がん検診の受診者数|人=胃がん検診の受診者数/肺がん検診の受診者数""",
    "居宅介護 重度訪問介護 同行援護 生活介護 短期入所 就労移行支援",
    "農業セミナー 女性センター 市民大学講座 若者交流施設 商工相談窓口 伝統工芸教室 地域農業塾 認知症カフェ 防犯研修",
)
HELD_OUT = _vocabulary(
    _FIELDS[1::2],
    """有害鳥獣の捕獲頭数|頭|40|2600|0 移住体験ツアーの参加者数|人|6|120|0 介護予防教室の延べ参加者数|人|200|9000|0 文化財の公開日数|日|12|240|0
    放課後デイサービスの利用児童数|人|15|480|0 スクールカウンセラーの配置校数|校|3|50|0 防犯カメラの設置台数|台|10|300|0 生ごみ処理機の購入補助件数|件|8|190|0
    消費生活相談の受付件数|件|60|1500|0 ジェネリック医薬品の使用割合|%|62|88|1 人権講演会の来場者数|人|40|900|0 農地の利用集積率|%|22|71|1
    マイナンバーカードの交付率|%|30|85|1 こどもの医療費助成の対象者数|人|400|9000|0 市営住宅の入居率|%|60|98|1 地域おこし協力隊の定住者数|人|1|24|0""",
    """{}の平均寿命|歳=男性/女性 {}の転出者数|人=20代/30代/40代 {}ごみの排出量|t=可燃/不燃/資源 {}観光客数|人=日帰り/宿泊 {}率|%=出生/死亡
    {}相談の件数|件=電話/メール/窓口 {}の就学援助認定者数|人=小学生/中学生 {}職員の採用者数|人=正規/非正規 {}者数|人=転入/転出 {}用水の使用量|t=工業/農業
    体育館の{}者数|人=個人利用/団体利用 {}児童数|人=待機/入所 {}手帳の所持者数|人=身体障害者/療育 {}駅の乗降客数|人=中央/西""",
    """助成=補助 こども=子ども 見守り=見守 申込=申し込み 来場者=参加者 整備=設置 研修=講習 若者=若年者 防災=減災 使用=利用 配置=設置
    問合せ=問い合わせ 延べ参加者=参加者 医薬品=薬品 入居=居住""",
    """有害鳥獣の捕獲頭数=鳥獣被害対策の実績 市営住宅の入居率=住宅セーフティネットの充足度 マイナンバーカードの交付率=デジタル手続の基盤普及
    地域おこし協力隊の定住者数=外部人材の定着 合計特殊出生率=一人の女性が生涯に産む子の数""",
    """講座の受講者数|人=昼間講座の受講者数/夜間講座の受講者数 観光施設の入込客数|人=北部観光施設の入込客数/南部観光施設の入込客数
    交通事故の件数|件=高齢者の交通事故の件数/高齢者以外の交通事故の件数 補助金の交付件数|件=個人向け補助金の交付件数/法人向け補助金の交付件数""",
    "訪問看護 通所介護 訪問入浴 福祉用具貸与 認知症対応型通所介護 小規模多機能型居宅介護",
    "多文化共生講演会 移住相談会 消防団体験会 介護者交流教室 ものづくり体験ツアー 法律相談 放課後学習室 障害者スポーツ教室",
)


def _particle(rng: Random, name: str) -> str:
    tails = ("件数", "者数", "回数", "割合", "箇所数", "面積", "率", "数")
    tail = next((tail for tail in tails if name.endswith(tail)), "")
    head = name.removesuffix(tail)
    if not tail or not head:
        return name
    if head.endswith("の"):
        return head.removesuffix("の") + tail
    return f"{head}の{tail}" if tail in ("件数", "回数", "割合", "箇所数") else f"{head}者の数" if tail == "者数" else name


def _width(rng: Random, name: str) -> str:
    wide = str.maketrans("0123456789()・", "０１２３４５６７８９（）･")
    return name.translate(wide)


def _bracket(rng: Random, name: str) -> str:
    if "(" in name:
        return name.split("(")[0] + name.split(")")[-1]
    return name + rng.choice(("(累計)", "(年度末)", "(延べ)", "(単年度)", "(暦年)", "(各年度)", "(3月末)"))


def _and_others(rng: Random, name: str) -> str:
    for word in ("セミナー", "講座", "研修", "相談", "教室", "施設", "企業", "支援", "住宅"):
        if word in name and f"{word}等" not in name:
            return name.replace(word, f"{word}等", 1)
    return name


def _quotes(rng: Random, name: str) -> str:
    head, _, tail = name.partition("の")
    return f"「{head}」の{tail}" if tail and len(head) > 3 else name


def _prefix(rng: Random, name: str) -> str:
    return name.removeprefix("市内") if name.startswith("市内") else rng.choice(("市内の", "本市の", "年間")) + name


def _ratio(rng: Random, name: str) -> str:
    return name.removesuffix("率") + "の割合" if name.endswith("率") and not name.endswith(("比率", "倍率")) else name


def _order(rng: Random, name: str) -> str:
    one, middle, other = name.partition("・")
    return f"{other}・{one}" if middle and len(other) < 4 else name


def _spaced(rng: Random, name: str) -> str:
    return name.replace("の", " ", 1)


def _tied(rng: Random, name: str) -> str:
    head, _, tail = name.partition("の")
    return f"{head}における{tail}" if tail and len(head) > 2 else name


STYLE: tuple[Rewrite, ...] = (_particle, _particle, _width, _bracket, _bracket, _and_others, _quotes, _prefix, _ratio, _order, _spaced, _tied)


def restyled(rng: Random, name: str) -> str:
    """The name as another official would write it; the same name where nothing offers itself."""
    for rewrite in rng.sample(STYLE, len(STYLE)):
        if (other := rewrite(rng, name)) != name:
            return other
    return name


def other_head(rng: Random, name: str, vocabulary: Vocabulary) -> str:
    """A name that counts another thing in the same words: 農業セミナーの参加者数 for 創業セミナーの参加者数."""
    head, _, tail = name.rpartition("の")
    return f"{rng.choice(vocabulary.heads)}の{tail}" if head and tail else ""


def reworded(rng: Random, name: str, vocabulary: Vocabulary) -> str:
    """The name with one word exchanged for its like, in either direction."""
    pairs = [*vocabulary.words, *((other, one) for one, other in vocabulary.words)]
    fits = [(one, other) for one, other in pairs if one in name and other not in name]
    if not fits:
        return restyled(rng, name)
    one, other = rng.choice(fits)
    return name.replace(one, other, 1)
