# shellcheck shell=bash
# The conformance matrix: one suite, run on each engine and store, and where they differ.

readonly -a MATRIX_ENGINES=(orleans:OrleansJobs.Grains.Tests embedded:OrleansJobs.Embedded.Tests)

# conformance_matrix DIRECTORY WHOLE: prints the table of what the engines' result files in the directory say. If WHOLE is 1, so that all
# tests were to run, it fails where a test is there for one engine or store and not for another.
conformance_matrix() {
  local entry
  for entry in "${MATRIX_ENGINES[@]}"; do
    matrix_cells "${entry%%:*}" "$1/${entry#*:}.trx"
  done | LC_ALL=C sort | matrix_table "$2"
}

# matrix_cells ENGINE TRX: a line `suite.test engine/store outcome` for each result of a class Conformance.{Sqlite,Postgres}{Suite}Tests.
matrix_cells() {
  [[ -r $2 ]] || return 0
  { grep -o '<UnitTestResult [^>]*>' "$2" || true; } | awk -v engine="$1" '
    match($0, / testName="[^"]*\.Conformance\.(Sqlite|Postgres)[A-Za-z]+Tests\.[A-Za-z0-9_]+/) {
      split(substr($0, RSTART, RLENGTH), path, /\.Conformance\./)
      store = path[2] ~ /^Sqlite/ ? "sqlite" : "postgres"
      sub(/^(Sqlite|Postgres)/, "", path[2])
      sub(/Tests\./, ".", path[2])
      outcome = / outcome="Passed"/ ? "ok" : / outcome="NotExecuted"/ ? "skip" : "FAIL"
      print path[2], engine "/" store, outcome
    }'
}

# matrix_table WHOLE < sorted cells. The cases of one test share a row: the worst of them counts.
matrix_table() {
  awk -v whole="$1" '
    BEGIN {
      columns = split("orleans/sqlite orleans/postgres embedded/sqlite embedded/postgres", column, " ")
      kinds = split("ok FAIL skip MISSING", kind, " ")
      worse["ok"] = 2; worse["skip"] = 1; worse["FAIL"] = 3
    }
    {
      if (!($1 in seen)) { seen[$1]; row[++rows] = $1; if (length($1) > width) width = length($1) }
      if (worse[$3] > worse[cell[$1, $2]]) cell[$1, $2] = $3
    }
    function line(name, c1, c2, c3, c4) { printf "%-" width "s  %-9s %-9s %-9s %s\n", name, c1, c2, c3, c4 }
    function at(test, place) {
      if ((test, place) in cell) return cell[test, place]
      return whole == 1 ? "MISSING" : "-"
    }
    END {
      if (!rows) exit
      line("Conformance", "orleans", "", "embedded", "")
      line("", "sqlite", "postgres", "sqlite", "postgres")
      for (r = 1; r <= rows; r++) {
        for (c = 1; c <= columns; c++) {
          text[c] = at(row[r], column[c])
          count[text[c], c]++
          missing += text[c] == "MISSING"
        }
        line(row[r], text[1], text[2], text[3], text[4])
      }
      for (k = 1; k <= kinds; k++) {
        total = 0
        for (c = 1; c <= columns; c++) total += count[kind[k], c]
        if (total) line(rows " tests: " kind[k], count[kind[k], 1] + 0, count[kind[k], 2] + 0, count[kind[k], 3] + 0, count[kind[k], 4] + 0)
      }
      exit missing > 0
    }'
}
