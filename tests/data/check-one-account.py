#!/usr/bin/python3
"""What is said of the program in several places is said alike: check-one-account.py DESKTOP METAINFO."""
import re
import struct
import sys
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).parents[2]
PICTURES = ROOT / "data" / "pictures"
# Of the packages that a build needs, those that Debian takes for granted, and its own tools.
ESSENTIAL = {"gcc", "libc6-dev"}
DEBIAN_TOOLS = {"debhelper-compat", "dh-sequence-installsysusers"}


def versions(metainfo):
    """The same version for Meson, for Debian and as the newest release."""
    built = re.search(r"version: '([^']+)'", (ROOT / "meson.build").read_text()).group(1)
    packaged = re.match(r"mutabaa \(([^)]+)\)", (ROOT / "data/debian/changelog").read_text()).group(1)
    released = metainfo.find("releases/release").get("version")
    if len({built, packaged, released}) > 1:
        yield f"versions differ: meson {built}, debian {packaged}, metainfo {released}"


def pictures(metainfo):
    """Each screenshot is a picture of the project, as large as is said."""
    for image in metainfo.iterfind("screenshots/screenshot/image"):
        picture = PICTURES / image.text.partition("/pictures/")[2]
        if not picture.is_file():
            yield f"{picture.name} is not in data/pictures"
            continue
        size = struct.unpack(">II", picture.read_bytes()[16:24])
        if size != (int(image.get("width")), int(image.get("height"))):
            yield f"{picture.name} is {size[0]}×{size[1]}"


def views():
    """Each picture of a view is shown, and each that is shown is there."""
    shown = re.findall(r"!\[\]\(([^)]*)\)", (PICTURES / "README.md").read_text())
    there = [str(picture.relative_to(PICTURES)) for picture in PICTURES.glob("*/*.png")]
    for picture in sorted(set(shown) ^ set(there)):
        yield f"{picture} is either not in data/pictures or not in its README"


def arabic(desktop):
    """Whatever a launcher shows is there in Arabic too."""
    for group in desktop.split("\n["):
        for key in re.findall(r"^(Name|GenericName|Comment|Keywords)=", group, re.M):
            if not re.search(rf"^{key}\[ar\]=", group, re.M):
                yield f"the desktop file has no Arabic {key} in [{group.partition(']')[0]}]"


def build_packages():
    """./run installs what Debian's control file asks for."""
    listed = re.search(r"build_packages='([^']*)'", (ROOT / "run").read_text()).group(1)
    control = (ROOT / "data/debian/control").read_text()
    asked = re.search(r"Build-Depends:\n((?: .*\n)*)", control).group(1)
    asked = {line.split()[0].rstrip(",") for line in asked.splitlines()} - DEBIAN_TOOLS
    for package in sorted(asked ^ (set(listed.split()) - ESSENTIAL)):
        yield f"{package} is in one of run and data/debian/control only"


def main():
    desktop = Path(sys.argv[1]).read_text(encoding="utf-8")
    metainfo = ElementTree.parse(sys.argv[2])
    faults = [*versions(metainfo), *pictures(metainfo), *views(), *arabic(desktop),
              *build_packages()]
    print("\n".join(faults), file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
