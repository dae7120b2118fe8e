"""Comparing names for a clash (撞单/重名): keys that are looked up, and a degree.

Beyond ``names.name_key`` nothing of this is stored on the customer file: accents,
word order, usual abbreviations and Chinese script variants do not count here.
"""

import re
import unicodedata
from collections import Counter
from difflib import SequenceMatcher
from functools import lru_cache

from .names import MAX_KEY_LENGTH, name_words, registration_key

# Letters that Unicode does not take apart.
LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "a", "œ": "o", "ı": "i"}
)
# Umlauts are written as two letters, or without their dots.
UMLAUTS = re.compile(r"ae|oe|ue")
# What is written in full or short.
SHORT = {
    "intl": "international",
    "int": "international",
    "internacional": "international",
    "internazionale": "international",
    "mfg": "manufacturing",
    "manuf": "manufacturing",
    "bros": "brothers",
    "ind": "industries",
    "inds": "industries",
    "industry": "industries",
    "tech": "technology",
    "technologies": "technology",
    "trdg": "trading",
    "trade": "trading",
    "imp": "import",
    "exp": "export",
    "impex": "importexport",
    "dept": "department",
    "univ": "university",
    "assoc": "associates",
    "svcs": "services",
    "service": "services",
    "prods": "products",
    "product": "products",
    "garment": "garments",
    "gmts": "garments",
    "textiles": "textile",
    "tex": "textile",
    "textil": "textile",
    "tekstil": "textile",
    "apparels": "apparel",
    "fashions": "fashion",
    "saint": "st",
    "cia": "company",
    "hnos": "hermanos",
    "flli": "fratelli",
    "gebr": "gebruder",
    "grp": "group",
    "holdings": "holding",
}
# Joining words, articles and legal forms written in full say nothing.
EMPTY = frozenset(
    """
    and und et y e i the der die das le la les el los il of de du
    aktiebolag aktiengesellschaft gesellschaft anonim sirketi spolka akciova sociedad
    anonima societe anonyme naamloze vennootschap aktieselskab aksjeselskap osakeyhtio
    """.split()
)
# Words that many names of the trade share: they count for little.
COMMON = frozenset(
    """
    international trading textile garments apparel fashion clothing company group
    holding import export importexport industries manufacturing services products
    technology brothers sons store stores shop mode moda modas wear global world retail
    wholesale brands brand sport sports design studio
    """.split()
)
COMMON_WEIGHT = 0.35
# Words of that likeness may be one word with a slip.
WORD_LIKENESS = 0.74
COMMON_LIKENESS = 0.88

# Characters of company names that the mainland writes otherwise than Hong Kong.
SIMPLER = str.maketrans(
    "東亞產業貿國際廠廣華龍鳳務時裝飾紡織針線製電機車門書學長樂達聯寶鴻興豐億萬實進"
    "發設計師藝術質絲綢綿襪帽羅蘭麗雙陽陰雲風飛馬魚鳥島灣濱遠運輸銀鋼鐵鑫銳劉陳張楊"
    "趙錢孫吳鄭馮衛韓許呂鄧蕭區關莊葉蘇盧環億歐澤濟潔滬潤瑪瑋緯維維總經營開關員團圓"
    "體個們價億優會傳偉備傑儀儲億兒兩內冊凱剛創劃劇動勝勵勞勢協單賣買貨賓賽贏蓮薩護"
    "變讓豪資賢質購輝輕載農邁鄉鄰醫釋鑄鍊鏈鏡鑽閃閣隊階隨險雜離難靈靜頂項順須預領頭"
    "題願類顯館駿騰驗鮮鷹麥黃點齊齒龜紹寧藍愛恆鵬濤鋒錦繡綠紅純緣繽紛",
    "东亚产业贸国际厂广华龙凤务时装饰纺织针线制电机车门书学长乐达联宝鸿兴丰亿万实进"
    "发设计师艺术质丝绸绵袜帽罗兰丽双阳阴云风飞马鱼鸟岛湾滨远运输银钢铁鑫锐刘陈张杨"
    "赵钱孙吴郑冯卫韩许吕邓萧区关庄叶苏卢环亿欧泽济洁沪润玛玮纬维维总经营开关员团圆"
    "体个们价亿优会传伟备杰仪储亿儿两内册凯刚创划剧动胜励劳势协单卖买货宾赛赢莲萨护"
    "变让豪资贤质购辉轻载农迈乡邻医释铸炼链镜钻闪阁队阶随险杂离难灵静顶项顺须预领头"
    "题愿类显馆骏腾验鲜鹰麦黄点齐齿龟绍宁蓝爱恒鹏涛锋锦绣绿红纯缘缤纷",
)
# Places are named with or without their rank.
PLACE_RANK = re.compile(r"(?<=[\u4e00-\u9fff]{2})[省市县区](?=[\u4e00-\u9fff]{2})")
CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
VOWELS = re.compile(r"[aeiouy]")
DOUBLED = re.compile(r"(.)\1+")

# Anybody may have an address there: it tells nothing about the company.
PUBLIC_PROVIDERS = frozenset(
    """
    gmail.com googlemail.com yahoo.com yahoo.co.uk yahoo.co.jp yahoo.de yahoo.fr
    ymail.com rocketmail.com hotmail.com hotmail.co.uk hotmail.de hotmail.fr
    hotmail.it hotmail.es outlook.com outlook.de outlook.fr live.com live.co.uk msn.com
    icloud.com me.com mac.com aol.com gmx.de gmx.net gmx.at gmx.ch gmx.com web.de
    t-online.de freenet.de mail.com email.com proton.me protonmail.com pm.me
    tutanota.com zoho.com fastmail.com hey.com qq.com vip.qq.com foxmail.com 163.com
    vip.163.com 126.com yeah.net sina.com sina.cn sohu.com aliyun.com 139.com 189.cn
    21cn.com tom.com 188.com mail.ru bk.ru list.ru inbox.ru yandex.ru yandex.com
    rambler.ru orange.fr wanadoo.fr free.fr laposte.net sfr.fr libero.it virgilio.it
    alice.it tin.it tiscali.it bluewin.ch btinternet.com sky.com ntlworld.com
    virginmedia.com comcast.net verizon.net att.net sbcglobal.net cox.net naver.com
    hanmail.net daum.net nate.com rediffmail.com uol.com.br bol.com.br terra.com.br
    ig.com.br seznam.cz centrum.cz wp.pl o2.pl interia.pl onet.pl ziggo.nl planet.nl
    hetnet.nl telenet.be skynet.be pchome.com.tw hinet.net netvigator.com docomo.ne.jp
    ezweb.ne.jp softbank.ne.jp bigpond.com optusnet.com.au xtra.co.nz telkom.net
    """.split()
)
HOSTS = re.compile(r"^(?:www\d?|mail|email|smtp|shop|web)\.")


def clash_words(name):
    """The words of a name that count, each in one spelling.

    :param str name: a company's name, or False
    :return: tuple of words, in the order of the name
    """
    words = []
    for word in name_words(name):
        word = _fold(word)
        word = SHORT.get(word, word)
        if word not in EMPTY:
            words.append(word)
    return tuple(words) or tuple(name_words(name))


@lru_cache(maxsize=65536)
def _fold(word):
    """A word without accents, doubled ways of writing umlauts and script variants."""
    if CJK.search(word):
        return PLACE_RANK.sub("", word.translate(SIMPLER))
    if not word.isascii():
        apart = unicodedata.normalize("NFD", word.translate(LETTERS))
        word = "".join(c for c in apart if not unicodedata.combining(c))
    return UMLAUTS.sub(lambda found: found[0][0], word)


def name_keys(name):
    """Keys under which a name is looked up: dict of kind and key.

    ``name``: its words as one; ``words``: in whatever order (Chinese characters one by
    one); ``core``: without the words that many names share, to look for likeness;
    ``frame``: its consonants, for slips in vowels and doubled letters.
    """
    words = clash_words(name)
    joined = "".join(words)
    if not joined:
        return {}
    if CJK.search(joined):
        ordered, frame = "".join(sorted(joined)), ""
    else:
        ordered = "".join(sorted(words))
        frame = DOUBLED.sub(r"\1", VOWELS.sub("", ordered.replace("ph", "f")))
    core = "".join(word for word in words if word not in COMMON)
    keys = {"name": joined, "words": ordered, "core": core or joined}
    if len(frame) >= 4:
        keys["frame"] = frame
    return {kind: key[:MAX_KEY_LENGTH] for kind, key in keys.items()}


def tax_keys(number):
    """The keys of a tax number: as it is written, and without a country's prefix."""
    key = registration_key(number)
    if len(key) < 4:
        return {}
    bare = re.sub(r"^[A-Z]{2,3}(?=\d)", "", key)
    return {"vat": key} if bare == key else {"vat": key, "bare_vat": bare}


def domain_key(address):
    """The domain of an e-mail address or website, empty for a public provider."""
    text = (address or "").strip().casefold()
    text = re.sub(r"^[a-z]+://", "", text).rpartition("@")[2]
    domain = HOSTS.sub("", re.split(r"[/?#:>\s]", text)[0]).strip(".")
    if "." not in domain or domain in PUBLIC_PROVIDERS:
        return ""
    return domain[:MAX_KEY_LENGTH]


def phone_key(number):
    """The digits of a number in E.164, or of whatever was written."""
    digits = re.sub(r"\D", "", unicodedata.normalize("NFKC", number or ""))
    return digits if len(digits) >= 6 else ""


def likeness(one, other):
    """How likely two names mean one company, from 0 to 1.

    :param one: words of ``clash_words``
    :param other: words of ``clash_words``
    """
    if not one or not other:
        return 0.0
    joined = "".join(one), "".join(other)
    if joined[0] == joined[1] or sorted(one) == sorted(other):
        return 1.0
    if CJK.search(joined[0]) or CJK.search(joined[1]):
        return _characters_likeness(*joined)
    by_words = _words_likeness(one, other)
    if any(word not in COMMON for word in (*one, *other)):
        whole = SequenceMatcher(None, *joined, autojunk=False).ratio()
        if whole >= 0.9 and abs(len(one) - len(other)) == 1:
            # One word written as two, with a slip.
            by_words = max(by_words, whole)
    return by_words


def _words_likeness(one, other):
    """The weight of the words that both have, in parts of all words' weight."""
    left = list(other)
    common = 0.0
    for word in sorted(one, key=_weight, reverse=True):
        best, found = 0.0, None
        for candidate in left:
            alike = _word_likeness(word, candidate)
            if alike > best:
                best, found = alike, candidate
        if found is not None:
            left.remove(found)
            common += best * min(_weight(word), _weight(found))
    return 2 * common / (sum(map(_weight, one)) + sum(map(_weight, other)))


@lru_cache(maxsize=65536)
def _word_likeness(one, other):
    if one == other:
        return 1.0
    if min(len(one), len(other)) < 4:
        return 0.0
    if any(char.isdigit() for char in one + other):
        return 0.0
    ratio = SequenceMatcher(None, one, other, autojunk=False).ratio()
    if one in COMMON or other in COMMON:
        return ratio if ratio >= COMMON_LIKENESS else 0.0
    swapped = sorted(one) == sorted(other) and ratio > WORD_LIKENESS
    if swapped:
        return 0.95
    return ratio if ratio >= WORD_LIKENESS else 0.0


def _weight(word):
    return COMMON_WEIGHT * min(len(word), 6) if word in COMMON else min(len(word), 8)


def _characters_likeness(one, other):
    """Names in Chinese, Japanese or Korean: pairs of characters, in whatever order."""
    if sorted(one) == sorted(other):
        return 0.95
    pairs = [Counter(zip(text, text[1:], strict=False)) for text in (one, other)]
    total = sum(pairs[0].values()) + sum(pairs[1].values())
    if not total:
        return 0.0
    return 2 * sum((pairs[0] & pairs[1]).values()) / total
