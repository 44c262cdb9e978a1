#!/usr/bin/env python3
"""Writes iana.table from IANA's registries.

usage: make-iana-table.py DIRECTORY >iana.table

DIRECTORY holds ipv4-address-space.xml and ipv6-unicast-address-assignments.xml as IANA publishes
them (https://www.iana.org/assignments/..., and Debian's python3-netaddr carries a copy). The
special-purpose registries (RFC 6890) have no such copy in Debian: their entries stand below.
"""
import ipaddress
import sys
import xml.etree.ElementTree

SPECIAL = """
0.0.0.0/8 this network, RFC 791
10.0.0.0/8 private use, RFC 1918
100.64.0.0/10 shared address space, RFC 6598
127.0.0.0/8 loopback, RFC 1122
169.254.0.0/16 link local, RFC 3927
172.16.0.0/12 private use, RFC 1918
192.0.0.0/24 IETF protocol assignments, RFC 6890
192.0.2.0/24 documentation, RFC 5737
192.31.196.0/24 AS112, RFC 7535
192.52.193.0/24 AMT, RFC 7450
192.88.99.0/24 6to4 relay anycast, RFC 7526
192.168.0.0/16 private use, RFC 1918
192.175.48.0/24 AS112, RFC 7534
198.18.0.0/15 benchmarking, RFC 2544
198.51.100.0/24 documentation, RFC 5737
203.0.113.0/24 documentation, RFC 5737
224.0.0.0/4 multicast, RFC 5771
240.0.0.0/4 reserved, RFC 1112
::/128 unspecified address, RFC 4291
::1/128 loopback, RFC 4291
64:ff9b::/96 IPv4-IPv6 translation, RFC 6052
64:ff9b:1::/48 IPv4-IPv6 translation, RFC 8215
100::/64 discard only, RFC 6666
2001::/23 IETF protocol assignments, RFC 2928
2001:db8::/32 documentation, RFC 3849
2002::/16 6to4, RFC 3056
2620:4f:8000::/48 AS112, RFC 7534
3fff::/20 documentation, RFC 9637
5f00::/16 segment routing, RFC 9602
fc00::/7 unique local, RFC 4193
fe80::/10 link local, RFC 4291
fec0::/10 site local, RFC 3879
ff00::/8 multicast, RFC 4291
"""

REGISTRIES = {"APNIC": "apnic", "ARIN": "arin", "RIPE NCC": "ripe-ncc", "LACNIC": "lacnic", "AFRINIC": "afrinic"}
NAMESPACE = {"i": "http://www.iana.org/assignments"}


def registry_of(record):
    server = record.findtext("i:whois", "", NAMESPACE)
    for name in REGISTRIES.values():
        if server == f"whois.{name.split('-')[0]}.net":
            return name
    return None


def records(directory, name):
    root = xml.etree.ElementTree.parse(f"{directory}/{name}.xml").getroot()
    print(f"# {name}, updated {root.findtext('i:updated', '', NAMESPACE)}")
    return root.findall("i:record", NAMESPACE)


def main():
    directory = sys.argv[1]
    print("# Who administers which address space: PREFIX KIND NAME, made by make-iana-table.py.")
    print("# Kinds: special (never to be blocked or complained about), registry, and legacy: assigned")
    print("# before the registries, administered by that one, but the holder may be elsewhere.")
    for line in SPECIAL.strip().splitlines():
        prefix, name = line.split(" ", 1)
        print(ipaddress.ip_network(prefix), "special", name)
    for record in records(directory, "ipv4-address-space"):
        first, length = record.findtext("i:prefix", "", NAMESPACE).split("/")
        registry = registry_of(record)
        kind = "legacy" if record.findtext("i:status", "", NAMESPACE) == "LEGACY" else "registry"
        if registry:
            print(f"{int(first)}.0.0.0/{length}", kind, registry)
    for record in records(directory, "ipv6-unicast-address-assignments"):
        registry = registry_of(record)
        if registry:
            print(ipaddress.ip_network(record.findtext("i:prefix", "", NAMESPACE)), "registry", registry)


main()
