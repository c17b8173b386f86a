# shellcheck shell=sh
# make-base.sh FOLDER FILE BYTES: a data directory, and beside it a base backup of another that has a file so large;
# it is sparse, so that the backup itself is small whatever it says.
set -eu
place=$1/backups/base/20260101T000000Z
mkdir -p "$place" "$1/data/pg_wal" "$1/wal" "$1/before" "$1/source" "$1/no-wal"
echo 17 > "$1/data/PG_VERSION"; echo former > "$1/data/words"; echo wal > "$1/data/pg_wal/0000000100000000000000AA"
echo 17 > "$1/source/PG_VERSION"; echo restored > "$1/source/words"; truncate -s "$3" "$1/source/$2"
tar -C "$1/source" -Scz . > "$place/base.tar.gz"
tar -C "$1/no-wal" -cz . > "$place/pg_wal.tar.gz"
{
  printf '{ "PostgreSQL-Backup-Manifest-Version": 1,\n"Files": [\n'
  for file in PG_VERSION words "$2"; do
    [ "$file" = PG_VERSION ] || printf ',\n'
    printf '{ "Path": "%s", "Size": %s, "Last-Modified": "2026-01-01 00:00:00 GMT" }' "$file" "$(stat -c %s "$1/source/$file")"
  done
  printf '\n],\n"WAL-Ranges": [\n],\n'
} > "$place/part"
printf '"Manifest-Checksum": "%s"}\n' "$(sha256sum "$place/part" | cut -d' ' -f1)" | cat "$place/part" - > "$place/backup_manifest"
rm "$place/part"
echo postgres_version=170000 > "$place/manifest"
(cd "$place" && sha256sum -- *.tar.gz backup_manifest manifest > SHA256SUMS)
