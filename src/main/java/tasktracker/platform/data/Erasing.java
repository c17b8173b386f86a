package tasktracker.platform.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Takes data out of the database for good. Whoever calls has asked for a typed word by then. */
final class Erasing {

  private final Schema schema;
  private final Console console;

  Erasing(Schema schema, Console console) {
    this.schema = schema;
    this.console = console;
  }

  /** Deletes everything. The script has asked for the word by then; here only others who use the database can object. */
  int everything(boolean yes) {
    List<String> others = schema.ask("""
        select distinct coalesce(nullif(application_name, ''), 'somebody') from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'""");
    if (!others.isEmpty()) {
      return console.wrong("Others use the database (" + String.join(", ", Set.copyOf(others)) + "): stop them first");
    }
    if (!yes) {
      return Console.MISUSED;
    }
    schema.tell(emptying().toArray(String[]::new));
    console.say("All data is gone");
    return Console.DONE;
  }

  /** Extensions live in the schema too, and not all of them are made by migrations: those that go come back. */
  private List<String> emptying() {
    List<String> statements = new ArrayList<>(List.of("drop schema public cascade", "create schema public"));
    statements.addAll(schema.ask("""
        select format('create extension if not exists %I cascade', extname) from pg_extension
         where extnamespace = 'public'::regnamespace order by oid"""));
    return statements;
  }

  /** Deletes the messages, for {@code bin/data}, which has asked for the word by then. */
  int messages(boolean yes) {
    if (!yes) {
      return Console.MISUSED;
    }
    if (!schema.pending().isEmpty()) {
      return console.wrong("The schema is not that of this release: bin/migrate apply first. Nothing was deleted");
    }
    String messages = schema.ask("select count(*) from message").getFirst();
    schema.tell(Scripts.clearing(), "analyze message");
    console.say(messages + " messages and what came of them are gone; people, tokens and settings are there");
    return Console.DONE;
  }
}
