#!/usr/bin/env bash
# cloud-regions-info 1.0.1 of PyPI has the points of Azure's regions that the API of Azure tells to whoever lists locations, and
# some are not where the city is that the API names beside them (physicalLocation). That of Paris is the middle of France,
# that of Berlin lies in Bremen, that of Cardiff near Liverpool. An answer of the API that is public has the same points
# (Azure/terraform-azurerm-avm-utl-regions, 2026-08), and Madrid 3.42 degrees east instead of west, in the sea.
# So a map, a distance or a delay reckoned from it is wrong for a few regions among many that are right. Hold each point of a
# provider against the city that it names, and against the borders of the country.
# Expected: within the metropolitan area, as the last two are.
# Seen: francecentral, Paris: 276 km
#       francesouth, Marseille: 262 km
#       germanynorth, Berlin: 315 km
#       ukwest, Cardiff: 217 km
#       uksouth, London: 79 km
#       germanywestcentral, Frankfurt: 0 km
#       southeastasia, Singapore: 2 km
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/pip --quiet --disable-pip-version-check install cloud-regions-info==1.0.1
cat >ask.py <<'PY'
from math import asin, cos, radians, sin, sqrt

from cloud_regions_info import get_region_info

CITIES = {
    "francecentral": ("Paris", 48.86, 2.35),
    "francesouth": ("Marseille", 43.30, 5.37),
    "germanynorth": ("Berlin", 52.52, 13.40),
    "ukwest": ("Cardiff", 51.48, -3.18),
    "uksouth": ("London", 51.51, -0.13),
    "germanywestcentral": ("Frankfurt", 50.11, 8.68),
    "southeastasia": ("Singapore", 1.28, 103.85),
}


def kilometres(latitude, longitude, other_latitude, other_longitude):
    north = radians(other_latitude - latitude)
    east = radians(other_longitude - longitude)
    chord = sin(north / 2) ** 2 + cos(radians(latitude)) * cos(radians(other_latitude)) * sin(east / 2) ** 2
    return 2 * 6371 * asin(sqrt(chord))


for region, (city, *place) in CITIES.items():
    told = get_region_info("azure", region)
    print(f"{region}, {city}: {kilometres(told['latitude'], told['longitude'], *place):.0f} km")
PY
seen=$(env/bin/python ask.py)
echo "$seen"
[ "$seen" = 'francecentral, Paris: 276 km
francesouth, Marseille: 262 km
germanynorth, Berlin: 315 km
ukwest, Cardiff: 217 km
uksouth, London: 79 km
germanywestcentral, Frankfurt: 0 km
southeastasia, Singapore: 2 km' ] || { echo 'the behaviour has changed'; exit 1; }
