#!/bin/sh
# check-format.sh [--fix]: the C sources are in the style of .clang-format, or are put into it.
set -eu
cd "$(dirname "$0")/../.."
case ${1-} in
--fix) how='-i' ;;
*) how='--dry-run --Werror' ;;
esac
# shellcheck disable=SC2086
find src tests -path tests/house/corpus -prune -o -name '*.[ch]' -print0 |
  xargs -0 -r clang-format-14 --style=file $how
