#!/usr/bin/env python3
"""Pick the icons of web/icons.txt out of an unpacked @tabler/icons: icons.py PACKAGE_DIR > web/icons.svg

The sprite is committed; tools/third_party_check.sh makes it again and compares.
"""
import pathlib
import re
import sys


def symbol(folder, name):
    svg = (folder / "icons" / "outline" / f"{name}.svg").read_text(encoding="utf-8")
    svg = re.sub(r"<!--.*?-->", "", svg, flags=re.S)
    inner = re.search(r"<svg[^>]*>(.*)</svg>", svg, re.S).group(1)
    shapes = re.findall(r"<(?:path|circle|rect|line)[^>]*/>", inner)
    shapes = [s.replace(" />", "/>") for s in shapes if 'stroke="none"' not in s]
    return f'<symbol id="{name}" viewBox="0 0 24 24">{"".join(shapes)}</symbol>'


def main():
    folder = pathlib.Path(sys.argv[1])
    here = pathlib.Path(__file__).resolve().parent.parent
    lines = (here / "web" / "icons.txt").read_text(encoding="utf-8").splitlines()
    names = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
    print('<svg xmlns="http://www.w3.org/2000/svg" fill="none" stroke="currentColor" stroke-width="2"'
          ' stroke-linecap="round" stroke-linejoin="round">')
    for name in names:
        print(symbol(folder, name))
    print("</svg>")


if __name__ == "__main__":
    main()
