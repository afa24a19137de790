"""Texts made for the rules: for each rule one that it finds fault with, and a near miss that it must leave alone."""

from __future__ import annotations

from tests.extractors.small import table

YEAR = "令和6年度 事業報告\n\n"
RATES = "指標 | 令和6年度目標 | 令和6年度実績 | 達成率"
GRADED = "指標 | 令和6年度目標 | 令和6年度実績 | 達成率 | 評価"
SCALE = "※評価区分　A：達成率100％以上　B：80％以上100％未満　C：60％以上80％未満　D：60％未満\n"
SERIES = "指標 | 令和2年度実績 | 令和3年度実績 | 令和4年度実績 | 令和5年度実績"
COSTS = "事業名 | 令和3年度予算（千円） | 令和4年度予算（千円） | 令和5年度予算（千円） | 令和6年度予算（千円）"
LIST_HEAD = "No | 政策分野 | 施策名 | 指標 | 評価"
LIST = (
    "1 | 交通 | 道づくり事業 | 道路の長さ | A",
    "2 | | 橋づくり事業 | 橋の数 | C",
    "3 | 文化 | 本の事業 | 本の冊数 | B",
    "4 | | 歌の事業 | 歌う会の回数 | D",
)


def summary(*rows: str) -> str:
    return YEAR + table("政策分野 | 達成状況", *rows) + "\n" + table(LIST_HEAD, *LIST)


def sheets(last_name: str, last_measure: str = "歌の事業") -> str:
    """A list of four and the sheets of all of them; the last one may go by other names."""
    names = [("道づくり事業", "道路の長さ"), ("橋づくり事業", "橋の数"), ("本の事業", "本の冊数"), (last_measure, last_name)]
    return YEAR + table(LIST_HEAD, *LIST) + "\n" + "\n".join(table(f"施策名 | {m}", f"成果指標 | {n}") for m, n in names)


def listed(*items: str) -> str:
    return YEAR + "【C、D】の指標に係る施策名\n\n" + "\n".join(f"- {item}" for item in items) + "\n\n" + table(LIST_HEAD, *LIST, "5 | | 絵の事業 | 絵の数 | C")


BUDGET = ("道づくり事業 | 1,200 | 900 | 75.0%", "橋づくり事業 | 2,310 | 2,100 | 90.9%", "本の事業 | 845 | 731 | 86.5%", "歌の事業 | 412 | 333 | 80.8%")
BUDGET_HEAD = "事業名 | 予算現額 | 決算額 | 執行率"
SWAPPED = (
    "会の参加者数 | 40人 | 50人 | 80.0%",
    "本の貸出冊数 | 300冊 | 400冊 | 75.0%",
    "講座の参加者数 | 91人 | 100人 | 91.0%",
    "広場の利用者数 | 63人 | 70人 | 90.0%",
)
RECEIVERS = "令和6年3月末現在の医療費助成の受給者は1,465人、受給率は7.62%となっている。\n"
PARTS = "地区 | 令和3年度実績 | 令和4年度実績 | 令和5年度実績"
AREAS = ("東部 | 1,204 | 1,310 | 1,288", "西部 | 877 | 901 | 954", "南部 | 411 | 398 | 402")
LONE = ("東部 | 512", "西部 | 604", "南部 | 391")

# rule: (a text that it finds fault with, what it states, a near miss)
CASES: dict[str, tuple[str, str | None, str]] = {
    "achievement_rate": (
        YEAR + table(RATES, "講座の参加者数 | 40人 | 28人 | 80.0％"),
        "80%",
        # Cut off rather than rounded, and less is better: 目標/実績.
        YEAR + table(RATES, "講座の参加者数 | 300人 | 286人 | 95.3％", "苦情の件数 | 40件 | 50件 | 80.0％", "本の冊数 | 3,000冊 | 2,000冊 | 66.6％"),
    ),
    "swapped_columns": (
        YEAR + table(RATES, *SWAPPED),
        "80%",
        YEAR + table(RATES, "苦情の件数 | 40件 | 50件 | 80.0%", "事故の件数 | 30件 | 40件 | 75.0%", "火災の件数 | 91件 | 100件 | 91.0%"),
    ),
    "table_swapped": (
        YEAR + table("指標 | 目標値 | 実績値 | 達成度(%)", *(row.replace("%", "") for row in SWAPPED)),
        "目標値÷実績値",
        YEAR
        + table(
            "指標 | 目標値 | 実績値 | 達成度(%)", "本の冊数 | 400冊 | 300冊 | 75.0", "会の参加者数 | 50人 | 40人 | 80.0", "講座の回数 | 90回 | 81回 | 90.0"
        ),
    ),
    "grade_threshold": (
        YEAR + SCALE + table(GRADED, "講座の参加者数 | 100人 | 71人 | 71.0％ | B"),
        "B",
        YEAR + SCALE + table(GRADED, "講座の参加者数 | 1,000人 | 996人 | 99.6％ | A", "本の冊数 | 100冊 | 61冊 | 61.0％ | C"),
    ),
    "share_of_counts": (YEAR + "達成した拠点の割合は82.1％ (270/341)である。\n", "82.1%", YEAR + "達成した拠点の割合は82.1％ (280/341)である。\n"),
    "count_of_share": (
        YEAR + "対象は341拠点\n\n達成した拠点 270拠点（82.1％）\n\n８２．１％\n（280/341）\n",
        "270拠点",
        YEAR + "対象は341拠点\n\n達成した拠点 280拠点（82.1％）\n\n８２．１％\n（280/341）\n",
    ),
    "misprinted_number": (YEAR + "民間は88.5％、団体は11,5％であった。\n", "11,5％", YEAR + "民間は88.5％、団体は11.5％、1,2年生は1,234人であった。\n"),
    "mixed_widths": (YEAR + "拠点は33０か所であった。\n", "33０", YEAR + "令和６年度の拠点は330か所、窓口は５か所であった。\n"),
    "table_total": (
        YEAR + table(PARTS, *AREAS, "合計 | 2,492 | 2,709 | 2,644"),
        "2,709",
        # Another year is not given for one area, and 実人数 is no sum anywhere.
        YEAR + table(PARTS, *AREAS, "合計 | 2,492 | 2,609 | 2,644", "実人数 | 1,900 | 2,010 | 2,004"),
    ),
    "lone_total": (
        YEAR + table("地区 | 令和5年度実績", *LONE, "合計 | 1,607"),
        "1,607",
        YEAR + table("地区 | 令和5年度実績", *LONE, "合計 | 1,322"),
    ),
    "table_ratio": (
        YEAR + table(BUDGET_HEAD, *BUDGET, "絵の事業 | 1,000 | 870 | 78.0%"),
        "78%",
        YEAR + table(BUDGET_HEAD, *BUDGET, "絵の事業 | 1,000 | 870 | 87.0%"),
    ),
    "grade_counts": (
        summary("交通 | B : 1項目 C : 1項目", "文化 | B : 1項目 D : 1項目"),
        "B:1 C:1",
        summary("交通 | A : 1項目 C : 1項目", "文化 | B : 1項目 D : 1項目"),
    ),
    "names_of_grades": (listed("② 橋づくり事業", "⑤ 絵の事業"), None, listed("② 橋づくり事業", "④ 歌の事業", "⑤ 絵の事業")),
    "name_of_sheet": (sheets("歌う会等の回数"), "歌う会等の回数", sheets("歌う会の回数")),
    "parts_of_result": (
        YEAR + table("指標 | 令和6年度実績", "保育士・看護師として就職した人の数 | 14人", "令和6年度評価 | 保育士：0人、看護師：10人が就職した。"),
        "14人",
        YEAR + table("指標 | 令和6年度実績", "保育士・看護師として就職した人の数 | 14人", "令和6年度評価 | 保育士：4人、看護師：10人が就職した。"),
    ),
    "breakdown_in_text": (
        YEAR + "参加者は120人（内訳：男性50人、女性60人）であった。\n",
        "120",
        YEAR + "参加者は110人（内訳：男性50人、女性60人）であった。\n",
    ),
    "tenfold": (
        YEAR + table(SERIES, "図書館の来館者数 | 12,400人 | 12,900人 | 1,310人 | 13,200人"),
        "1,310",
        YEAR + table(SERIES, "図書館の来館者数 | 12,400人 | 9,900人 | 1,310人 | 3,200人"),
    ),
    "cost_of_one_year": (
        YEAR + table(COSTS, "道づくり事業 | 242,227 | 781,987 | 231,217 | 231,217"),
        "781,987",
        YEAR + table(COSTS, "道づくり事業 | 242,227 | 481,987 | 231,217 | 231,217", "橋づくり事業 | 1,200 | 900 | 300 | 250"),
    ),
    "unit_in_row": (
        YEAR + table("指標 | 令和4年度実績 | 令和5年度実績 | 令和6年度目標", "講座の参加者数 | 120人 | 131人 | 150件"),
        "件",
        YEAR + table("指標 | 令和4年度実績 | 令和5年度実績 | 令和6年度目標", "講座の参加者数 | 120人 | 131人 | 150人/年"),
    ),
    "share_over_hundred": (
        YEAR + table("指標 | 令和6年度実績", "講座の満足度 | 885%"),
        "885%",
        YEAR + table("指標 | 令和6年度実績", "人口に対する延べ利用者の割合 | 129%", "計画に対する割合 | 104%"),
    ),
    "target_of_other_size": (
        YEAR + table("指標 | 令和4年度実績 | 令和5年度実績 | 令和6年度目標", "図書館の来館者数 | 1,240人 | 1,300人 | 13,000人"),
        "13,000",
        YEAR + table("指標 | 令和4年度実績 | 令和5年度実績 | 令和6年度目標", "図書館の来館者数 | 1,240人 | 1,300人 | 2,000人"),
    ),
    "same_numbers_other_year": (
        YEAR + "働く世代の人口は、2020年の10.9万人から2027年には10.6万人に減ると見込まれるため、備えを急ぐ。\n\n"
        "働く世代の人口は、2022年の10.9万人から2027年には10.6万人に減ると見込まれるため、備えを急ぐ。\n",
        "2022年",
        YEAR + "働く世代の人口は、2020年の10.9万人から2027年には10.6万人に減ると見込まれるため、備えを急ぐ。\n\n"
        "働く世代の人口は、2022年の10.8万人から2027年には10.6万人に減ると見込まれるため、備えを急ぐ。\n",
    ),
    "same_number_twice": (
        YEAR
        + "1 一覧\n\n"
        + table("指標 | 令和5年度実績 | 令和6年度実績", "中央図書館の来館者数 | 1,180人 | 1,240人")
        + "\n\n2 内容\n\n"
        + table("指標 | 令和5年度実績 | 令和6年度実績", "中央図書館の来館者数 | 1,180人 | 1,420人"),
        "1,420",
        # Two things of one name have no number in common.
        YEAR
        + "1 一覧\n\n"
        + table("指標 | 令和5年度実績 | 令和6年度実績", "中央図書館の来館者数 | 1,180人 | 1,240人")
        + "\n\n2 内容\n\n"
        + table("指標 | 令和5年度実績 | 令和6年度実績", "中央図書館の来館者数 | 2,310人 | 1,420人"),
    ),
    "copied_row": (
        YEAR + table(SERIES, "東館の利用者数 | 1,204人 | 1,311人 | 1,288人 | 1,305人", "西館の利用者数 | 1,204人 | 1,311人 | 1,288人 | 1,305人"),
        None,
        YEAR + table(SERIES, "東館の利用者数 | 100人 | 100人 | 100人 | 100人", "西館の利用者数 | 100人 | 100人 | 100人 | 100人"),
    ),
    "rate_of_population": (
        YEAR + "この市の状況は次のとおりである。\n\n働く世代の人口は、令和6年3月末現在で10.9万人である。\n\n" + RECEIVERS,
        "7.62%",
        YEAR + "この市の状況は次のとおりである。\n\n働く世代の人口は、令和6年3月末現在で1.2万人である。\n\n" + RECEIVERS,
    ),
}
