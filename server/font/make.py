"""Makes the font that sheets are set in: `python make.py NotoSansCJK-Regular.ttc NotoSansCJKsc-subset.otf`.

Needs fonttools. The source is Debian's fonts-noto-cjk; index 2 is simplified Chinese. Kept are the letters of
GB 2312 and GBK, and the signs that documents use. Layout features are dropped: with `locl` in a subset some
letters (集) turn into boxes.
"""

import sys

from fontTools import subset

SIGNS = [
    (0x20, 0x7F), (0xA0, 0x180), (0x2010, 0x2060), (0x2070, 0x20D0), (0x2100, 0x2300), (0x2460, 0x27C0),
    (0x3000, 0x3100), (0x3200, 0x3400), (0xFE10, 0xFE20), (0xFE30, 0xFE70), (0xFF00, 0xFFF0),
]


def letters():
    for first, last in SIGNS:
        yield from range(first, last)
    for lead in range(0x81, 0xFF):
        for trail in range(0x40, 0xFF):
            try:
                yield from map(ord, bytes([lead, trail]).decode("gbk"))
            except UnicodeDecodeError:
                pass


def main(source, target):
    options = subset.Options(
        layout_features=[], font_number=2, hinting=False, notdef_outline=True, name_IDs=[0, 1, 2, 3, 4, 5, 6, 13, 14]
    )
    options.drop_tables += ["VORG", "vhea", "vmtx", "GSUB", "GPOS", "GDEF", "BASE", "DSIG"]
    font = subset.load_font(source, options)
    smaller = subset.Subsetter(options)
    smaller.populate(unicodes=set(letters()))
    smaller.subset(font)
    subset.save_font(font, target, options)


if __name__ == "__main__":
    main(*sys.argv[1:])
