#!/bin/sh
# clock_questions: random limits, starts and pauses: the answer, the steps that explain it and a count day by day are one.
#   ZHAOFA_PROGRAM=build-test/zhaofa [ZHAOFA_QUESTIONS=200000] tests/long/clock_questions.sh
set -u
cd "$(dirname "$0")/../.." || exit 1
ZHAOFA_QUESTIONS=${ZHAOFA_QUESTIONS:-200000} "$(dirname "${ZHAOFA_PROGRAM:-build-test/zhaofa}")/test_engine_clock_explain" >&2
code=$?
echo "1..1"
[ $code = 0 ] && echo "ok 1 - three ways give one answer" || echo "not ok 1 - three ways give one answer"
exit $code
