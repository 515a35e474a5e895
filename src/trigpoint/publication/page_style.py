# SPDX-License-Identifier: MIT
"""How the page looks: plain, calm, readable on a phone and on paper. No font, image or script is fetched."""

from __future__ import annotations

# Blue and greys that stay apart in greyscale and have at least 4.5:1 contrast with the white behind text.
STYLE = """
:root { color-scheme: light; --ink: #1c2733; --soft: #4a5866; --line: #cdd5dd; --pale: #eef2f6; --blue: #1f5b99;
  --mid: #7fa6cf; }
* { box-sizing: border-box; }
body { margin: 0; background: #fff; color: var(--ink); font: 1.125rem/1.55 system-ui, "Segoe UI", Roboto, Arial,
  sans-serif; overflow-wrap: break-word; }
main, footer, .notice { max-width: 46rem; margin: 0 auto; padding: 0 1rem; }
.notice { background: #fff3c4; border: 2px solid #8a6d00; padding: .75rem 1rem; font-weight: 600; }
.notice p { margin: 0; }
h1 { font-size: 2rem; line-height: 1.2; margin: 2rem 0 .5rem; }
h2 { font-size: 1.5rem; line-height: 1.25; margin: 3rem 0 1rem; padding-top: 1rem; border-top: 2px solid var(--blue); }
h3 { font-size: 1.1875rem; line-height: 1.35; margin: 0 0 .25rem; }
p { margin: 0 0 1rem; }
.about, .subtitle, .foot, dd { color: var(--soft); }
.subtitle, .foot { font-size: 1rem; }
.headline { background: var(--pale); border-left: 6px solid var(--blue); padding: 1rem; margin: 1.5rem 0; }
.headline p { margin: 0; }
.headline p:first-child { font-size: 1.375rem; line-height: 1.4; font-weight: 600; margin-bottom: .5rem; }
figure { margin: 0 0 2.5rem; }
svg { display: block; overflow: visible; margin: 1rem 0 .75rem; }
svg text { font-size: 16px; fill: var(--ink); }
svg .label, svg .value { font-weight: 600; }
svg .label, svg .value { paint-order: stroke; stroke: #fff; stroke-width: 4px; }
svg .axis { fill: var(--soft); }
.grid, .track { stroke: var(--line); }
.track { fill: var(--pale); stroke: none; }
.whisker { stroke: var(--soft); stroke-width: 2; }
.empty { stroke: var(--line); stroke-width: 2; stroke-dasharray: 4 4; }
.middle-half { fill: var(--mid); }
.median { stroke: var(--ink); stroke-width: 4; }
.mean { fill: #fff; stroke: var(--ink); stroke-width: 2; }
.ring { fill: #fff; stroke: var(--ink); stroke-width: 2; }
.disc, .stands-out { fill: var(--blue); stroke: #fff; stroke-width: 1; }
.square { fill: var(--mid); stroke: var(--ink); stroke-width: 1; }
.point { fill: var(--mid); stroke: var(--soft); stroke-width: .5; }
.row-line { stroke: var(--pale); stroke-width: 6; }
.reference { stroke: var(--ink); stroke-width: 1.5; stroke-dasharray: 6 4; }
.thin-whisker { stroke: var(--soft); stroke-width: 1; opacity: .6; }
.curve { fill: none; stroke: var(--ink); stroke-width: 1.5; }
.curve-1, .curve-2 { stroke-dasharray: 6 4; }
.curve-3, .curve-4 { stroke-dasharray: 2 3; }
svg .curve-name { paint-order: stroke; stroke: #fff; stroke-width: 4px; }
.band-0, .column { fill: var(--blue); }
.band-1 { fill: var(--mid); }
.band-2 { fill: #8b97a3; }
.base { stroke: var(--soft); stroke-width: 2; }
summary { cursor: pointer; color: var(--blue); text-decoration: underline; padding: .25rem 0; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-size: 1rem; margin: .5rem 0 1rem; }
caption { text-align: left; font-weight: 600; padding: .25rem 0; }
th, td { border-bottom: 1px solid var(--line); padding: .375rem .75rem .375rem 0; text-align: right;
  vertical-align: bottom; }
th:first-child { text-align: left; font-weight: 600; min-width: 9rem; }
li { margin-bottom: .5rem; }
dt { font-weight: 600; }
dd { margin: 0 0 .75rem; }
a { color: var(--blue); }
:focus-visible { outline: 3px solid #b35900; outline-offset: 2px; }
footer { margin-top: 3rem; padding-bottom: 3rem; font-size: 1rem; color: var(--soft); }
code { font-family: ui-monospace, Menlo, Consolas, monospace; font-size: .95em; }
@media (max-width: 30rem) { h1 { font-size: 1.625rem; } .headline p:first-child { font-size: 1.1875rem; } }
@media print {
  body { font-size: 11pt; }
  main, footer, .notice { max-width: none; }
  figure, .headline { break-inside: avoid; }
  h2, h3 { break-after: avoid; }
  details::details-content { content-visibility: visible; block-size: auto; }
  summary { display: none; }
  .wide { overflow: visible; }
  table { font-size: 9pt; }
  svg * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
"""
