# Short names for what bin/ does. just lists them; docs/releases.md tells where just comes from.
# Everything here can be had without just: the line under each name is the command.

set positional-arguments := true

# The names that operators know
alias alembic-up := migrate
alias alembic-auto := migrate-create

# Lists the recipes
default:
    @just --list

# Starts everything, in containers
services:
    docker compose up -d --wait

# The product with changes in the browser within seconds
services-dev:
    bin/dev

# The same: there is one program
dev:
    bin/dev

# Compiles and builds the image
rebuild:
    bin/image

# Restarts one service, for instance nginx
restart SERVICE:
    docker compose restart "$1"

# Stops all containers; data stays
services-stop:
    docker compose stop

# Removes the containers; data stays
services-clean:
    docker compose down

# Starts everything on this machine, without containers
run *ARGS:
    bin/run "$@"

# Applies pending migrations
migrate:
    bin/migrate apply

# Each migration and its state
migrations:
    bin/migrate list

# A new migration with its undo
migrate-create +NAME:
    bin/migrate create "$@"

# Takes the last migration back (--yes)
migrate-undo *ARGS:
    bin/migrate undo "$@"

# All migrations into an empty database
db-migrate-fresh:
    bin/migrate fresh

# Deletes ALL data after a typed word
db-nuclear-reset:
    bin/migrate reset

# The sample chat, into the product that runs
db-seed:
    bin/data seed

# Deletes all messages after a typed word; people, tokens and settings stay
db-clear *ARGS:
    bin/data clear "$@"

# Deletes all messages after a typed word, then brings the sample chat
db-reset *ARGS:
    bin/data reset "$@"

# All tests, or a part of them
test *ARGS:
    bin/test "$@"

# What hinders an upgrade, changing nothing
upgrade-check:
    bin/upgrade --check

# May the new release take over without an interruption?
update-check *ARGS:
    bin/update-check "$@"

# To the release in the working tree
upgrade *ARGS:
    bin/upgrade "$@"

# To the release before
rollback *ARGS:
    bin/rollback "$@"

# A verified dump of the database
backup:
    bin/backup dump

# Brings a backup back
restore *ARGS:
    bin/restore "$@"

# Finds what is wrong, and says what to do
doctor *ARGS:
    bin/doctor "$@"
