#!/bin/sh
# Keywords as a contestant: keywords.sh fit FOLDER does nothing, keywords.sh predict FOLDER labels each text.
set -eu
[ "$1" = predict ] || exit 0
awk '
    { row = row (row == "" ? "" : " ") $0 }     # a quoted text may have several lines
    gsub(/"/, "\"", row) % 2 { next }           # an odd number of quotes: it goes on
    ++count == 1 { print "id,predicted"; row = ""; next }
    {
        id = row; sub(/,.*/, "", id); text = tolower(row)
        label = "neutral"
        if (text ~ /dirty|cold|broken|noise|never|rude|terrible/) label = "negative"
        else if (text ~ /thank|great|lovely|kind|perfect|love/) label = "positive"
        print id "," label; row = ""
    }
' "$2/predict.csv" > "$2/predictions.csv"
