//! What the answer says, in each of its forms.

use std::collections::BTreeMap;

use super::{failure, json, run, told};

#[test]
fn the_newest_release_of_each_package_is_classed_by_what_it_admits() {
    let survey = json(&[]);
    let mut classes: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for one in survey["dependents"].as_array().unwrap() {
        let class = format!("{}{}", one["class"].as_str().unwrap(), if one["optional"] == true { "?" } else { "" });
        let name = format!("{} {}", one["name"].as_str().unwrap(), one["version"].as_str().unwrap());
        classes.entry(class).or_default().push(name);
    }
    let shown: Vec<String> = classes.iter().map(|(class, names)| format!("{class}: {}\n", names.join(", "))).collect();
    insta::assert_snapshot!(shown.concat(), @"
    below: careful-crew 1.1.0, compatible 0.5.0, extra-beside 1.0
    below?: extra-capped 1.0
    empty: impossible 1.0
    exact: pinned-down 0.0.3
    exact-next: pinned-ahead 0.1.0
    not-a-range: from-git 0.1
    requires-next: backport 2.0.0, early-mover 2.0.0
    requires-next-open: next-open 1.0.0
    spans: both-majors 3.0.0, sham-bound 1.0
    unbounded: added 1.1, anchor-watch 0.3, extra-in-name 1.0, harbour-pilot 0.9.0, lighthouse-keeper 2.1.0, old-form 4.0, old-version-text 0.1.dev1, prerel 1.0.0, sdist-empty 1.4.0, tide-table 1.0.0, two-lines 1.0
    unbounded?: extra-only 5.0
    unparsable: no-comma 1.2
    ");
}

#[test]
fn people_read_the_claim_its_parts_and_where_it_is_from() {
    let text = told(&["--as-of", "2026-07-28", "--top", "3", "--transitive", "4"]);
    insta::assert_snapshot!(text, @r#"
    21 packages depend on mcp, by what was uploaded before 2026-07-28 (UTC).
    13 of 21 (62 %) declare no upper bound.
    14 of 21 (67 %) are exposed: a fresh install may take mcp 2 although they accept an older major.
    1 package depends on it in extras only; with those it is 14 of 22 (64 %) and 15 of 22 (68 %).

     asks for                packages   share   in extras only
    ───────────────────────────────────────────────────────────
     no upper bound                13    62 %                1
     bounded, but admits 2          1     5 %
     below 2                        3    14 %
     exact pin before 2             1     5 %
     URL or path                    1     5 %
     admits nothing                 1     5 %
     not readable                   1     5 %

     heaviest exposed    version   downloads in 30 days   asks for
    ──────────────────────────────────────────────────────────────────────────────────────────────
     harbour-pilot       0.9.0                  182,340   mcp>=1.2
     lighthouse-keeper   2.1.0                   97,011   mcp[cli]>=1.6; python_version >= "3.10"
     tide-table          1.0.0                    5,120   mcp

     end of    packages   no upper bound                      exposed
    ─────────────────────────────────────────────────────────────────────────────────────
     2025-11          2            100 %   ████████████████     100 %   ████████████████
     2025-12          5             80 %   ████████████▊         80 %   ████████████▊
     2026-01          8             75 %   ████████████          75 %   ████████████
     2026-02         11             73 %   ███████████▋          73 %   ███████████▋
     2026-03         14             71 %   ███████████▍          71 %   ███████████▍
     2026-04         17             65 %   ██████████▍           65 %   ██████████▍
     2026-05         19             68 %   ███████████           68 %   ███████████
     2026-06         21             62 %   █████████▉            67 %   ██████████▋
     2026-07         21             62 %   █████████▉            67 %   ██████████▋

     requirements away   packages   exposed
    ────────────────────────────────────────
                     1         21        14
                     2          2         1
                     3          1         1
                   all         24        16

    source: snapshot fixtures/dependents/snapshot.ndjson, 48 rows, all packages in it, newest upload 2026-07-20 12:00 UTC
    mcp 2 was released on 2026-07-28.
    "#);
}

#[test]
fn programs_read_fractions_denominators_and_origins() {
    let survey = json(&["--sample"]);
    assert_eq!(survey["schema_version"], 1);
    assert_eq!(survey["subject"]["package"], "mcp");
    assert_eq!(survey["subject"]["released"], "2026-07-28");
    let tally = &survey["tally"];
    assert_eq!((&tally["active"], &tally["optional_only"]), (&24.into(), &2.into()));
    assert_eq!(tally["classes"]["unbounded"], 11);
    let share = &tally["no_upper_bound"];
    assert_eq!((&share["count"], &share["of"], &share["share"]), (&12.into(), &24.into(), &0.5.into()));
    let interval = (share["interval"]["low"].as_f64().unwrap(), share["interval"]["high"].as_f64().unwrap());
    assert!((0.31..0.32).contains(&interval.0) && (0.68..0.69).contains(&interval.1), "{interval:?}");
    assert_eq!(tally["exposed_with_optional"]["of"], 26);
    let origin = &survey["origins"][0];
    assert_eq!((&origin["source"], &origin["coverage"]), (&"snapshot".into(), &"sample".into()));
    assert_eq!((&origin["rows"], &origin["retrieved"]), (&48.into(), &"2026-10-30T12:00:00Z".into()));

    let whole = json(&[]);
    assert!(whole["tally"]["exposed"]["interval"].is_null());
    let months = whole["months"].as_array().unwrap();
    assert_eq!((months.len(), &months[0]["month"]), (12, &"2025-11-01".into()));
    assert_eq!(months.last().unwrap()["tally"], whole["tally"]);
    assert_eq!(whole["levels"].as_array().unwrap().len(), 0);
}

#[test]
fn levels_keep_reach_and_exposure_apart() {
    let survey = json(&["--transitive", "6"]);
    let levels = survey["levels"].as_array().unwrap().iter().map(|level| {
        let packages = level["packages"].as_array().unwrap().iter();
        let through =
            packages.map(|one| format!(" {}<{}", one["name"].as_str().unwrap(), one["through"].as_str().unwrap()));
        let through: String = if level["depth"] == 1 { String::new() } else { through.collect() };
        format!("{}: {} {}{through}", level["depth"], level["reached"], level["exposed"])
    });
    assert_eq!(
        levels.collect::<Vec<_>>(),
        ["1: 24 13", "2: 4 1 pilot-plugin<harbour-pilot", "3: 1 1 pilot-plugin-ui<pilot-plugin"]
    );
    assert_eq!(survey["origins"].as_array().unwrap().len(), 1, "one file, read several times, is one source");
}

#[test]
fn lists_hold_a_line_for_each_dependent() {
    let list = told(&["--list"]);
    assert_eq!(list.lines().count(), 26);
    assert!(list.contains("extra-capped 1.0: below 2, in extras only: mcp>=1,<2 ; 'agents' == extra\n"), "{list}");
    let mut reader = csv::Reader::from_reader(told(&["--format", "csv"]).leak().as_bytes());
    let rows: Vec<_> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 26);
    let lines = rows.iter().find(|row| &row[0] == "two-lines").unwrap();
    assert_eq!(&lines[6], "mcp<2; python_version < \"3.11\" | mcp>=1.9; python_version >= \"3.11\"");
    let ndjson = told(&["--format", "ndjson"]);
    let objects: Vec<serde_json::Value> = ndjson.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(&serde_json::Value::Array(objects), &json(&[])["dependents"]);
}

#[test]
fn other_packages_and_other_majors_are_asked_about_alike() {
    let third = json(&["--major", "3"]);
    assert_eq!((&third["subject"]["major"], &third["tally"]["classes"]["below"]), (&3.into(), &6.into()));
    let pilot = json(&["Harbour_Pilot"]);
    assert_eq!(pilot["subject"]["major"], 1, "the file holds its newest release, 0.9.0");
    assert_eq!(pilot["tally"]["active"], 3);
    let (code, said) = failure(&["httpx", "--from", super::FIXTURE], "");
    assert_eq!(code, Some(2));
    assert!(said.contains("`httpx`") && said.contains("--major"), "{said}");
    let none = told(&["unheard-of", "--major", "2"]);
    assert!(none.starts_with("No package asks for unheard-of.\n") && none.contains("source: snapshot"), "{none}");
}

#[test]
fn what_an_uploader_chose_drives_no_terminal_and_no_spreadsheet() {
    let row = |version: &str, line: &str| {
        format!(
            "{{\"name\":\"a\",\"version\":\"{version}\",\"uploaded\":\"2026-01-01\",\"requires_dist\":[\"{line}\"],\"downloads\":7}}\n"
        )
    };
    let rows = row("=1+\\u001b[31m\\u009b", "mcp\\u001b[2J\\u202e>=1");
    for arguments in [&["--from", "-"][..], &["--from", "-", "--list"], &["--from", "-", "--format", "csv"]] {
        let output = run(arguments, &rows);
        let text = String::from_utf8(output.stdout).unwrap();
        assert!(!text.contains(['\u{1b}', '\u{9b}', '\u{202e}']), "{text:?}");
        assert!(text.contains("\\u{1b}[31m\\u{9b}") || !arguments.contains(&"--list"), "{text:?}");
        assert!(text.contains(",") || !text.contains("csv"), "{text:?}");
    }
    let csv = String::from_utf8(run(&["--from", "-", "--format", "csv"], &rows).stdout).unwrap();
    assert!(csv.contains("a,'=1+"), "{csv}");
}
