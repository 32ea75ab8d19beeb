"""A small country for tests: real codes of both programmes and of the odd corners."""

from jiedui.regions.loading import Division, load_regions, read_moves, register_pairing

_PLACES = """
110000 北京市
110100 北京市
110101 东城区
110105 朝阳区
310000 上海市
310100 上海市
310104 徐汇区
320000 江苏省
320400 常州市
320412 武进区
420000 湖北省
420100 武汉市
429000 省直辖县级行政区划
429004 仙桃市
440000 广东省
440300 深圳市
440303 罗湖区
440304 福田区
441900 东莞市
450000 广西壮族自治区
450100 南宁市
450123 隆安县
450124 马山县
450125 上林县
450181 横州市
451000 百色市
451081 靖西市
510000 四川省
510100 成都市
510185 简阳市
532600 文山壮族苗族自治州
530000 云南省
610000 陕西省
610900 安康市
610902 汉滨区
610927 镇坪县
610981 旬阳市
210000 辽宁省
211300 朝阳市
"""
_PAIRINGS = (
    "320000-610000 320400-610900 320412-610902 440000-450000 440300-450100 310000-532600"
).split()


def make_regions() -> None:
    """Load the small country with its moves (旬阳县, 横县, 简阳市) and six pairings."""
    lines = (line.split() for line in _PLACES.strip().splitlines())
    load_regions([Division(code=code, name=name) for code, name in lines], read_moves())
    for key in _PAIRINGS:
        register_pairing(key)
