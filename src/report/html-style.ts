import { escapeCssString } from './html-escape.ts';

/** The style sheet of a report: light, dark, phone and paper. `title` is repeated at the foot of printed pages. */
export function styleSheet(title: string): string {
  return `${SHEET}${PHONE}${printSheet(title)}`;
}

const SHEET = `
:root{color-scheme:light dark;--paper:#fff;--ink:#1a2027;--ink-soft:#5a6672;--rule:#dde2e8;--rule-strong:#aab4bf;
--panel:#f5f7f9;--accent:#1d4f7c;--good:#1b6b41;--warn:#8a5600;--bad:#a62a1f;
--c1:#1d4f7c;--c2:#8fa3b5;--c3:#5b93c4;--c4:#47525e;--c5:#b9d2e8;--c6:#7a8794}
@media screen and (prefers-color-scheme:dark){:root{--paper:#14181d;--ink:#e4e9ee;--ink-soft:#9ba8b5;--rule:#2b333c;
--rule-strong:#4a5663;--panel:#1c2229;--accent:#86b8e6;--good:#74c99a;--warn:#e2b463;--bad:#f2958b;
--c1:#6ea6d9;--c2:#6d7f90;--c3:#b5d3ee;--c4:#98a6b3;--c5:#3f6f9b;--c6:#525f6c}}
*,*::before,*::after{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,
"Helvetica Neue",Arial,"Noto Sans","Liberation Sans",sans-serif;font-variant-numeric:tabular-nums lining-nums}
main,header,footer{max-width:64rem;margin:0 auto;padding:0 2rem}
header{padding-top:3rem}
h1,h2,h3{line-height:1.25;text-wrap:balance;overflow-wrap:break-word}
h1{font-size:2rem;font-weight:650;letter-spacing:-.015em;margin:0}
h2{font-size:1.25rem;font-weight:650;letter-spacing:-.005em;margin:0 0 .75rem}
h3{font-size:1rem;font-weight:650;margin:0 0 .5rem}
p{margin:0 0 .75rem;max-width:70ch;text-wrap:pretty;overflow-wrap:break-word}
a{color:var(--accent);text-decoration-thickness:1px;text-underline-offset:.15em}
.subtitle{font-size:1.125rem;color:var(--ink-soft);margin:.375rem 0 0}
.banner{border-left:3px solid var(--accent);padding:.125rem 0 .125rem .875rem;margin:1.25rem 0 0;max-width:72ch}
.banner p{margin:0;font-size:.9375rem}
.facts{display:flex;flex-wrap:wrap;gap:.75rem 2.5rem;margin:1.5rem 0 0;padding:.875rem 0;border-top:2px solid var(--ink);
border-bottom:1px solid var(--rule)}
.facts dt,.label{font-size:.8125rem;color:var(--ink-soft);line-height:1.35}
.facts dd{margin:.125rem 0 0;font-weight:500}
nav{margin:1.5rem 0 0;font-size:.9375rem}
nav ol{list-style:none;margin:0;padding:0;columns:16rem;column-gap:2rem}
nav li{break-inside:avoid;padding:.125rem 0}
nav a{text-decoration:none}nav a:hover{text-decoration:underline}
.block{margin:2.25rem 0 0;scroll-margin-top:1rem}
h2+.block,.intro+.block{margin-top:1.25rem}
.section{margin-top:3rem}
.figures{display:grid;grid-template-columns:repeat(auto-fill,minmax(13rem,1fr));gap:.75rem;margin:0}
.figures>div{background:var(--panel);border-radius:6px;padding:.875rem 1rem 1rem;min-width:0}
.figures dd{margin:0}
.figures .value{font-size:1.625rem;line-height:1.25;font-weight:600;letter-spacing:-.01em;margin-top:.25rem;overflow-wrap:anywhere}
.figures .value.long{font-size:1.125rem;line-height:1.4;padding:.25rem 0 .1875rem}
.figures .note{font-size:.8125rem;line-height:1.4;color:var(--ink-soft);margin-top:.25rem}
.of{font-size:.875rem;font-weight:400;letter-spacing:0;color:var(--ink-soft)}
.ruled{border-bottom:1px solid var(--rule-strong);height:1.75rem}
.signature{max-width:44rem;margin:0 0 1.25rem;break-inside:avoid}.signature p{margin:0}
.lines{display:grid;grid-template-columns:minmax(0,2fr) minmax(0,1fr);gap:1.5rem;margin-top:.75rem}
.lines .signed{min-height:1.75rem;font-weight:600}
.lines span{display:block;border-top:1px solid var(--ink);padding-top:.25rem;font-size:.8125rem;color:var(--ink-soft)}
.scroll{overflow-x:auto}
.scroll:focus-visible,a:focus-visible,summary:focus-visible{outline:2px solid var(--accent);outline-offset:3px}
table{border-collapse:collapse;width:100%;font-size:.875rem;line-height:1.4}
table.short{width:auto;min-width:min(100%,26rem)}
.caption{text-align:left;font-size:.8125rem;color:var(--ink-soft);max-width:70ch;margin:.5rem 0 0}
th,td{padding:.4375rem .75rem;text-align:left;vertical-align:top;border-bottom:1px solid var(--rule);overflow-wrap:break-word}
.many th,.many td{padding-left:.375rem;padding-right:.375rem}
table.many{font-size:.75rem}.many thead th{font-size:.6875rem}
th:first-child,td:first-child{padding-left:0}th:last-child,td:last-child{padding-right:0}
thead th{font-weight:600;font-size:.8125rem;color:var(--ink-soft);vertical-align:bottom;border-bottom:1px solid var(--rule-strong)}
tbody th{font-weight:500}
tfoot th,tfoot td{font-weight:650;border-top:1px solid var(--rule-strong);border-bottom:0}
tbody tr:hover>*{background:var(--panel)}
.num{text-align:right;white-space:nowrap}thead .num{white-space:normal}
.keep{white-space:nowrap}
.long-text{min-width:12rem}
.none{color:var(--ink-soft)}
.good{color:var(--good)}.warn{color:var(--warn)}.bad{color:var(--bad)}.muted{color:var(--ink-soft)}.strong{font-weight:650}
.good,.warn,.bad{font-weight:600}
.empty{color:var(--ink-soft);margin:0}
figure{margin:0}
figure svg{display:block;width:100%;height:auto;overflow:visible}
figure .narrow{display:none}
figcaption{font-size:.875rem;color:var(--ink-soft);max-width:70ch;margin:0 0 .75rem}
.key{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;list-style:none;margin:0 0 .5rem;padding:0;font-size:.8125rem}
.key svg{display:inline-block;width:1.375rem;height:.75rem;margin-right:.5rem;vertical-align:-.0625rem}
details{margin-top:.5rem;font-size:.875rem}
summary{cursor:pointer;color:var(--ink-soft);width:max-content;max-width:100%}
details table{margin-top:.5rem}
.notes ul{margin:0;padding-left:1.125rem;max-width:72ch;font-size:.9375rem}
.notes li{margin:0 0 .375rem;overflow-wrap:break-word}.notes li::marker{color:var(--rule-strong)}
footer{padding-bottom:4rem;margin-top:3rem}
footer dl{display:grid;grid-template-columns:max-content minmax(0,1fr);gap:.375rem 1.5rem;margin:0;padding-top:1.25rem;
border-top:1px solid var(--rule-strong);font-size:.8125rem;line-height:1.5}
footer dt{color:var(--ink-soft)}footer dd{margin:0;overflow-wrap:anywhere}
footer p{font-size:.8125rem;color:var(--ink-soft);margin:1.25rem 0 0}
`;

/** Wide tables become one card a row, each value beside its column's name. */
const PHONE = `
@media screen and (max-width:44rem){
main,header,footer{padding-left:1.125rem;padding-right:1.125rem}
header{padding-top:1.75rem}h1{font-size:1.5rem}.subtitle{font-size:1rem}
.facts{gap:.625rem 1.75rem}.section{margin-top:2.25rem}
.figures{grid-template-columns:repeat(auto-fill,minmax(9rem,1fr));gap:.5rem}
.figures>div{padding:.75rem .875rem}.figures .value{font-size:1.375rem}
figure .wide{display:none}figure .narrow{display:block}
th,td{padding-left:.375rem;padding-right:.375rem}table{font-size:.8125rem}table.cards{font-size:.875rem}
table.cards,.cards tbody,.cards tfoot{display:block;width:100%}
.cards thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.cards tr{display:block;border-top:1px solid var(--rule-strong);padding:.625rem 0}
.cards tbody tr:hover>*{background:none}
.cards td,.cards th{display:grid;grid-template-columns:minmax(6.5rem,38%) minmax(0,1fr);gap:.75rem;padding:.125rem 0;
border:0;text-align:left;white-space:normal;min-width:0;overflow-wrap:anywhere}
.cards tbody th{display:block;font-weight:650;font-size:.9375rem;padding-bottom:.25rem}
.cards td::before{content:attr(data-label);color:var(--ink-soft);font-weight:400;overflow-wrap:break-word}
.cards td.blank{display:none}
footer dl{grid-template-columns:minmax(0,1fr);gap:0}footer dd{margin-bottom:.5rem}
}
`;

/** US Letter, on its side for tables of many columns; page numbers, heads repeated, rows whole, the total once. */
function printSheet(title: string): string {
  return `
@page{size:letter;margin:16mm 15mm 18mm;
@bottom-left{content:"${escapeCssString(title)}";font:8pt system-ui,sans-serif;color:#5a6672}
@bottom-right{content:"Page " counter(page) " of " counter(pages);font:8pt system-ui,sans-serif;color:#5a6672}}
@page wide{size:letter landscape}
@media print{
html{font-size:9.5pt}body{font-size:1rem;line-height:1.4}
main,header,footer{max-width:none;padding:0}
h1{font-size:18pt}h2{font-size:12.5pt}h3{font-size:10.5pt}.subtitle{font-size:11pt}.section{margin-top:1.75rem}
h2,h3,figcaption,.key{break-after:avoid}
nav,details{display:none}
.starts-page~.starts-page{break-before:page}
.section{margin-top:1.75rem}.block{margin-top:1.25rem}.facts{margin-top:1rem;padding:.5rem 0}
.figures{grid-template-columns:repeat(4,1fr);gap:.5rem}
.figures>div{background:none;border:.5pt solid var(--rule-strong);padding:.5rem .625rem;break-inside:avoid}
.figures .value{font-size:14pt}.figures .value.long{font-size:10.5pt}
.figures .note,.label,.facts dt,thead th,.caption,.key,figcaption,footer dl,footer p{font-size:8pt}
table{font-size:8.5pt;line-height:1.3}table.many{font-size:7.25pt}table.many thead th{font-size:7pt}
th,td{padding:.25rem .4rem}.many th,.many td{padding:.2rem .25rem}
thead{display:table-header-group}tfoot{display:table-row-group}
table.whole,tr,figure,.notes li,footer dl>*,.banner{break-inside:avoid}
.scroll{overflow:visible}.long-text{min-width:0}
section:has(table.many),header:has(+main>section:first-child table.many){page:wide}
a{color:inherit;text-decoration:none}
*{-webkit-print-color-adjust:exact;print-color-adjust:exact}
footer{margin-top:1.75rem;padding-bottom:0}
}
`;
}
