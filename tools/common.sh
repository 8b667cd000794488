# shellcheck shell=bash
# Shared by run and test.  Sourced, with `here` set to the root of the sources.

say() { printf '%s\n' "$*"; }
die() { printf '%s\n' "$*" >&2; exit 1; }

# What runs in the background does not hear Ctrl+C by itself.
step_pid=
trap '[ -z "$step_pid" ] || kill "$step_pid" 2>/dev/null; exit 130' INT TERM

# long_step "words" LOG command…: one line at the start, one every 15 seconds, the log's end if it fails
long_step() {
	local words=$1 log=$2 begun=$SECONDS code=0 told=0
	shift 2
	say "── $words"
	"$@" </dev/null >"$log" 2>&1 &
	step_pid=$!
	while kill -0 "$step_pid" 2>/dev/null; do
		sleep 0.3
		if [ $((SECONDS - begun - told)) -ge 15 ]; then
			told=$((SECONDS - begun))
			say "   … ${told} s  $(tail -n 1 "$log" | tr -d '\r' | cut -c1-90)"
		fi
	done
	wait "$step_pid" || code=$?
	step_pid=
	if [ "$code" -ne 0 ]; then
		tail -n 40 "$log" >&2
		printf '%s\n' "失败 / failed ($code): $words  [$log]" >&2
	fi
	return "$code"
}

# packages_missing FILE…: the packages of these lists that are not there
packages_missing() {
	local name command
	cat "$@" | sed 's/#.*//' | while read -r name command; do
		[ -n "$name" ] || continue
		[ -n "$command" ] && command -v "$command" >/dev/null && continue
		[ "$(dpkg-query -W -f '${db:Status-Status}' "$name" 2>/dev/null)" = installed ] || printf '%s\n' "$name"
	done
}

# packages_install FILE…: as root or through sudo; nothing is asked when nothing is missing
packages_install() {
	local missing sudo=() log
	if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
		say "不是 Debian,请自行安装 / not a Debian: have these packages yourself: $(sed 's/#.*//' "$@" | awk 'NF { print $1 }' | xargs)"
		return 0
	fi
	missing=$(packages_missing "$@" | xargs)
	[ -n "$missing" ] || return 0
	if [ "$(id -u)" -ne 0 ]; then
		command -v sudo >/dev/null || die "需要 root 或 sudo 安装 / needs root or sudo to install: $missing"
		sudo -v || die "sudo 未获许可 / sudo refused; missing: $missing"
		sudo=(sudo)
	fi
	log=$(mktemp)
	long_step "更新软件包目录 / package lists" "$log" "${sudo[@]}" apt-get update -q || return 1
	# shellcheck disable=SC2086
	long_step "安装软件包 / packages: $missing" "$log" "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive \
		apt-get install -y -q --no-install-recommends $missing || return 1
	rm -f "$log"
}

port_free() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }
