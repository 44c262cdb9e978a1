#!/bin/sh
# The countries of time-zones.table, from the tz database's own zone.tab (package tzdata):
#
#   src/network/make-time-zones.sh /usr/share/zoneinfo/zone.tab
#
# The regions of the US and Canada above them are written by hand.
set -eu
table=${1:?zone.tab}
here=$(dirname "$0")
sed -n '/^# ---- countries/q;p' "$here/time-zones.table" >"$here/time-zones.table.new"
{
    echo '# ---- countries: all zones of zone.tab, by make-time-zones.sh'
    echo
    grep -v '^#' "$table" | sort -k1,1 -k3,3 |
        awk -F '\t' '$1 != last { if (last != "") print line; line = $1 ":"; last = $1 }
                     { line = line " " $3 } END { print line }'
} >>"$here/time-zones.table.new"
mv "$here/time-zones.table.new" "$here/time-zones.table"
