#!/bin/bash
# What a web server hands a program, and what makes it harmless, also where the function is one that computes.
echo "<p>$QUERY_STRING</p>"  # expect: unescaped-html
echo "<p>$(printf %d "$QUERY_STRING")</p>"
echo "<p>$(basename "$QUERY_STRING")</p>"  # expect: unescaped-html
cat "files/$QUERY_STRING"  # expect: path-from-request
cat "files/$(basename "$QUERY_STRING")"
name=$(basename "$QUERY_STRING")
cat "files/$name"
logger "asked for $QUERY_STRING"  # expect: log-injection
logger "asked for $(printf %q "$QUERY_STRING")"
curl -s "$QUERY_STRING"  # expect: request-forgery
curl -s "https://api.example.org/find?$QUERY_STRING"
echo "Location: $HTTP_REFERER"  # expect: open-redirect
