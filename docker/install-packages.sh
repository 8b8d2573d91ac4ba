#!/bin/sh
# Installs the Debian/Ubuntu packages that are missing, and only those; quick when none is.
#
#   sh docker/install-packages.sh [--test]
#
# Always: PostgreSQL with PostGIS, what python3 needs to make a virtual environment, and what sets a page
# as PDF (Pango, some CJK font). Without the last everything but PDF works: it alone stops nothing.
# --test: also a browser and the CJK font for the tests that drive the real page, and the desktop's
# clients (GDAL's commands, QGIS's Python modules) for those that read the service with them.
# On Ubuntu `apt-get install chromium` gives a snap, which neither a container nor Playwright can use:
# there `make test` takes Playwright's own build instead, and this script sees to what that needs.
# On macOS it names the Homebrew packages.
set -eu

want_test=no
for option in "$@"; do
  case $option in
    --test) want_test=yes ;;
    *) echo "usage: $0 [--test]" >&2; exit 2 ;;
  esac
done

has() { command -v "$1" >/dev/null 2>&1; }

# --- macOS -----------------------------------------------------------------------------------------
if [ "$(uname -s)" = Darwin ]; then
  for share in /opt/homebrew/share/postgresql@*/extension /usr/local/share/postgresql@*/extension \
    /Applications/Postgres.app/Contents/Versions/*/share/postgresql/extension; do
    [ -f "$share/postgis.control" ] && exit 0
  done
  echo "缺少 PostgreSQL 与 PostGIS，请运行 / PostgreSQL with PostGIS is missing, run:" >&2
  echo "  brew install postgresql@17 postgis" >&2
  exit 1
fi

# --- what is missing? ------------------------------------------------------------------------------
have_postgis() {
  for server in /usr/lib/postgresql/*/bin/postgres; do
    [ -x "$server" ] || continue
    major=${server#/usr/lib/postgresql/}
    [ -f "/usr/share/postgresql/${major%%/*}/extension/postgis.control" ] && return 0
  done
  # elsewhere on the PATH: built from source, Nix, …
  has pg_config && has postgres && [ -f "$(pg_config --sharedir)/extension/postgis.control" ]
}
have_venv() { has python3 && python3 -c 'import ensurepip, venv' 2>/dev/null; }
have_browser() { has chromium-headless-shell || has chromium || has google-chrome; }
have_qgis() { [ -x /usr/bin/python3 ] && /usr/bin/python3 -c 'import qgis.core' 2>/dev/null; }
have_font() {
  for font in /usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc \
    /usr/share/fonts/*/NotoSansCJK*.ttc /usr/share/fonts/*/*/NotoSansCJK*.ttc; do
    [ -f "$font" ] && return 0
  done
  return 1
}
have_library() { PATH="$PATH:/sbin" ldconfig -p 2>/dev/null | grep -q "$1"; }
have_pango() { have_library 'libpangoft2-1\.0\.so\.0' && have_library 'libharfbuzz-subset\.so\.0'; }
have_some_font() {
  have_font && return 0
  has fc-list && [ -n "$(fc-list :lang=zh-cn family)" ]
}
is_ubuntu() { grep -q '^ID=ubuntu' /etc/os-release 2>/dev/null; }

postgis=no
packages=
paper=
have_postgis || postgis=yes
have_venv || packages="$packages python3 python3-venv"
have_pango || paper="$paper libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
if [ $want_test = yes ]; then
  have_font || packages="$packages fonts-noto-cjk"
  has ogr2ogr || packages="$packages gdal-bin"
  have_qgis || packages="$packages python3-qgis qgis-providers"
  if ! have_browser; then
    if ! is_ubuntu; then
      packages="$packages chromium"
    elif ! have_library 'libatomic\.so\.1'; then
      packages="$packages libatomic1"  # Playwright's installer does not start without it
    fi
  fi
fi
# with --test the larger font comes anyway
case $packages in *fonts-noto-cjk*) ;; *) have_some_font || paper="$paper fonts-wqy-microhei" ;; esac
[ $postgis = no ] && [ -z "$packages$paper" ] && exit 0

# --- who may install? ------------------------------------------------------------------------------
without_paper() {
  echo "缺少排版库或中文字体，不能生成 PDF / no PDF without:$paper" >&2
  exit 0
}
only_paper() { [ $postgis = no ] && [ -z "$packages" ]; }
if ! has apt-get; then
  only_paper && without_paper
  echo "本脚本只会用 apt-get；请自行安装 / no apt-get here, please install by other means:" >&2
  [ $postgis = yes ] && packages="PostgreSQL PostGIS$packages"
  echo "  $packages" >&2
  exit 1
fi
if [ "$(id -u)" -ne 0 ]; then
  # sudo is of use only if it needs no password, or somebody sits there to type one
  if has sudo && { sudo -n true 2>/dev/null || [ -t 0 ]; }; then
    exec sudo sh "$0" "$@"
  fi
  only_paper && without_paper
  echo "缺少系统软件包。请以 root 运行 / System packages are missing. Run as root:" >&2
  case $0 in /*) script=$0 ;; *) script=$(pwd)/$0 ;; esac
  echo "  sudo sh $script${*:+ $*}" >&2
  exit 1
fi

# --- install ---------------------------------------------------------------------------------------
apt() {
  DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=900 -o Acquire::Retries=3 "$@"
}
updated=no
update() { [ $updated = yes ] || { apt -q update && updated=yes; }; }
get() {
  # the package lists are fetched only when they are missing or too old to name what is there
  apt install -q -y --no-install-recommends "$@" || { update && apt install -q -y --no-install-recommends "$@"; }
}
default_major() {
  apt-cache show postgresql 2>/dev/null | sed -n 's/^Depends:.*postgresql-\([0-9][0-9]*\).*/\1/p' | head -n 1
}

if [ $postgis = yes ]; then
  major=
  for server in /usr/lib/postgresql/*/bin/postgres; do  # one without PostGIS: the newest gets it
    [ -x "$server" ] && major=${server#/usr/lib/postgresql/} && major=${major%%/*}
  done
  if [ -z "$major" ]; then
    # a server of our own in the user's folder is all we need: keep Debian from starting a "main" one
    get postgresql-common
    conf=/etc/postgresql-common/createcluster.conf
    sed -i 's/^#* *create_main_cluster *=.*/create_main_cluster = false/' $conf
    grep -q '^create_main_cluster = false' $conf || echo 'create_main_cluster = false' >> $conf
    major=$(default_major)
    [ -n "$major" ] || { update && major=$(default_major); }
  fi
  packages="postgresql-$major postgresql-$major-postgis-3 postgresql-$major-postgis-3-scripts$packages"
fi
# Chromium without a window takes a quarter less to draw a page; older releases have it with one only
known() { apt-cache show "$1" >/dev/null 2>&1; }
case $packages in
  *chromium*)
    shell=chromium-headless-shell
    if known $shell || { update && known $shell; }; then packages="${packages%chromium*}$shell${packages##*chromium}"; fi ;;
esac
# shellcheck disable=SC2086  # lists of names
[ -z "$packages" ] || get $packages
# shellcheck disable=SC2086
[ -z "$paper" ] || get $paper || without_paper
