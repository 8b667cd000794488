#!/bin/sh
# kill_escalation: kill -9 of the worker in the middle of escalation: is an order lost, or doubled?
#
#     ZHAOFA_PROGRAM=build/zhaofa [ZHAOFA_KILLS=200] [ZHAOFA_CASES=400] tests/long/kill_escalation.sh
#
# The program of the unit tests (src/app/supervise_kill_test.c), with more kills than every commit has time for.
set -eu
ZHAOFA_KILLS=${ZHAOFA_KILLS:-200} ZHAOFA_CASES=${ZHAOFA_CASES:-400} CMOCKA_MESSAGE_OUTPUT=TAP
export ZHAOFA_KILLS ZHAOFA_CASES CMOCKA_MESSAGE_OUTPUT
exec "$(dirname "${ZHAOFA_PROGRAM:-build/zhaofa}")/test_app_supervise_kill"
