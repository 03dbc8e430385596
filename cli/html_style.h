// How report.html looks.
#ifndef FOZZY_CLI_HTML_STYLE_H_
#define FOZZY_CLI_HTML_STYLE_H_

namespace fozzy {

inline constexpr char kHtmlStyle[] = R"(
:root { color-scheme: light dark;
  --back: #f6f7f9; --card: #ffffff; --ink: #1b1f27; --dim: #667085;
  --line: #e3e6ec; --pass: #0f8a4a; --fail: #c8322b; --mark: #3b6fd4;
  --code: #f0f2f6; }
@media (prefers-color-scheme: dark) { :root {
  --back: #12151b; --card: #1a1e27; --ink: #e6e9ef; --dim: #98a2b3;
  --line: #2b313d; --pass: #45c886; --fail: #ff7b72; --mark: #7aa2f7;
  --code: #232936; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--back); color: var(--ink);
  font: 15px/1.5 system-ui, sans-serif; }
main { max-width: 1080px; margin: 0 auto; padding: 28px 20px 60px; }
header { display: flex; align-items: center; gap: 14px; flex-wrap: wrap; }
h1 { font-size: 21px; margin: 0; overflow-wrap: anywhere; }
h2 { font-size: 15px; margin: 34px 0 10px; }
h2 small { color: var(--dim); font-weight: 400; margin-left: 6px; }
.badge { padding: 3px 12px; border-radius: 99px; color: var(--card);
  font-weight: 600; background: var(--fail); }
.badge.pass { background: var(--pass); }
.facts { display: flex; flex-wrap: wrap; gap: 1px; margin: 20px 0 0; background: var(--line);
  border: 1px solid var(--line); border-radius: 10px; overflow: hidden; }
.facts div { background: var(--card); padding: 10px 14px;
  flex: 1 1 auto; min-width: 120px; max-width: 100%; }
dt { color: var(--dim); font-size: 12px; }
dd { margin: 0; overflow-wrap: anywhere; }
.card { background: var(--card); border: 1px solid var(--line);
  border-radius: 10px; padding: 12px 16px; margin: 10px 0; }
.finding { border-left: 4px solid var(--fail); }
.finding b { color: var(--fail); }
.place { color: var(--dim); font-family: ui-monospace, monospace;
  font-size: 13px; overflow-wrap: anywhere; }
.finding p { margin: 4px 0 0; white-space: pre-wrap;
  overflow-wrap: anywhere; }
code.line { display: block; background: var(--code); padding: 10px 14px;
  border-radius: 8px; font: 14px/1.5 ui-monospace, monospace;
  overflow-x: auto; white-space: pre; user-select: all; }
.scroll { overflow-x: auto; padding: 0; }
table { border-collapse: collapse; width: 100%; font-size: 13.5px; }
th { text-align: left; color: var(--dim); font-weight: 500; }
th, td { padding: 5px 12px; border-bottom: 1px solid var(--line);
  vertical-align: top; }
tr:last-child td { border-bottom: 0; }
td.number { text-align: right; font-variant-numeric: tabular-nums;
  white-space: nowrap; color: var(--dim); }
td.name { white-space: nowrap; font-weight: 500; }
td.text { font-family: ui-monospace, monospace; font-size: 12.5px;
  overflow-wrap: anywhere; }
td.track { width: 30%; min-width: 140px; }
.rail { position: relative; height: 8px; margin-top: 7px;
  border-radius: 4px; background: var(--code); }
.rail i { position: absolute; top: 0; height: 8px; min-width: 4px;
  border-radius: 4px; background: var(--mark); }
tr.bad td.name { color: var(--fail); }
tr.bad .rail i { background: var(--fail); }
td.pass { color: var(--pass); } td.fail { color: var(--fail); }
footer { color: var(--dim); font-size: 12.5px; margin-top: 36px; }
)";

}  // namespace fozzy

#endif  // FOZZY_CLI_HTML_STYLE_H_
