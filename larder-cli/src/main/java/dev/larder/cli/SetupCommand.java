package dev.larder.cli;

import dev.larder.ConfigurationException;
import dev.larder.TierUnavailableException;
import dev.larder.cli.base.ActionOptions;
import dev.larder.cli.base.LarderVersion;
import dev.larder.cli.base.Surroundings;
import dev.larder.cli.base.Telling;
import dev.larder.cli.connect.ConnectOptions;
import dev.larder.cli.connect.SecretFile;
import dev.larder.cli.exit.ExitCode;
import dev.larder.cli.exit.Fault;
import dev.larder.cli.output.Answer;
import dev.larder.cli.output.Cell;
import dev.larder.cli.output.Format;
import dev.larder.cli.output.OutputOptions;
import dev.larder.cli.output.Table;
import dev.larder.tier.StoreSetup;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code larder setup}: makes Larder's tables in a database, and triggers on the application's own. */
@Command(
    name = "setup",
    mixinStandardHelpOptions = true,
    versionProvider = LarderVersion.class,
    sortOptions = false,
    usageHelpAutoWidth = true,
    header = "Makes Larder's tables in a database, and triggers that hear of every write.",
    description = {
      "",
      "Without --triggers it makes the tables of the database tier, its log and the outbox, in a"
          + " schema of their own. What is there stays.",
      "",
      "With --triggers it also makes triggers on a table of the application, so that each statement"
          + " that changes it ends the entries with the tags named, whoever sends it.",
      "",
      "  larder setup --triggers albums --tag 'album:{id}' --tag 'artist:{artist_id}'",
      ""
    },
    optionListHeading = "Options:%n",
    footerHeading = "%nEnvironment:%n",
    footer = {
      "  DATABASE_URL  The database where --url is not given:",
      "                postgres://user:password@host:5432/name or jdbc:postgresql://...",
      "  PGPASSWORD    The password where the address has none."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "  0:all well",
      "  1:the database refused, or lacks a table or column",
      "  2:wrong usage",
      "  3:no store for the address",
      "  4:the database does not answer, or refuses the user",
      "  6:refused: nobody agreed to --drop, see --yes"
    })
final class SetupCommand implements Callable<Integer>, Surroundings.Aware {

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Option(
      names = "--url",
      paramLabel = "ADDRESS",
      description = "The database, without a password. Default: DATABASE_URL, which may have one.")
  private @Nullable String url;

  @Option(
      names = "--user",
      paramLabel = "NAME",
      description = "Who connects. Default: whom the address names.")
  private @Nullable String user;

  @Option(
      names = "--password",
      arity = "0",
      interactive = true,
      description =
          "Asks for the password. It is never given as an argument, which others can read.")
  private @Nullable String password;

  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      description = "A file with the password; - reads it from standard input.")
  private @Nullable String passwordFile;

  @Option(
      names = "--schema",
      paramLabel = "NAME",
      description = "Schema of Larder's tables. Default: larder.")
  private @Nullable String schema;

  @Option(
      names = "--key-prefix",
      paramLabel = "PREFIX",
      defaultValue = "larder",
      description = "Key prefix of the application that is to hear of writes. Default: larder.")
  private String keyPrefix = "larder";

  @Option(
      names = "--triggers",
      paramLabel = "TABLE",
      description = "The table to make triggers on, as in a statement: albums or shop.albums.")
  private @Nullable String triggers;

  @Option(
      names = "--tag",
      paramLabel = "TAG",
      description =
          "With --triggers: a tag that a write ends, such as 'album:{id}' with a column in"
              + " braces. May be given many times; together they replace those of before.")
  private List<String> tags = new ArrayList<>();

  @Option(
      names = "--drop",
      description = "With --triggers: drops the table's triggers for the key prefix. Asks first.")
  private boolean drop;

  @Mixin
  private ActionOptions action = new ActionOptions();

  @Mixin
  private OutputOptions output = new OutputOptions();

  @Option(
      names = "--json",
      description =
          "One line of JSON as earlier versions printed it; -o json is that of all" + " commands.")
  private boolean json;

  private Surroundings surroundings = Surroundings.ofProcess();

  /**
   * What was done, or would be, for programs.
   *
   * @param database its address, without secrets
   * @param databaseSchema where the tables are
   * @param made whether they were made now
   * @param keyPrefix whose triggers are meant
   * @param table what has triggers; empty if that was not asked for
   * @param dropped whether the triggers were dropped now
   * @param tags what they end
   * @param statements the SQL of a dry run
   */
  private record Done(
      String database,
      String databaseSchema,
      boolean made,
      String keyPrefix,
      String table,
      boolean dropped,
      List<String> tags,
      List<String> statements) {}

  @Override
  public void runIn(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    try {
      return setUp().status();
    } catch (Fault fault) {
      tell(fault.getMessage(), fault.why(), fault.next());
      return fault.code().status();
    }
  }

  private ExitCode setUp() {
    String address = checkedAddress();
    StoreSetup setup;
    try {
      setup = find(address);
    } catch (TierUnavailableException failure) {
      tell(
          failure.getMessage(),
          "",
          "larder doctor looks at the server; --user, PGPASSWORD and --password say who connects");
      return ExitCode.UNREACHABLE;
    } catch (ConfigurationException failure) {
      throw wrong(String.valueOf(failure.getMessage()));
    }
    if (setup == null) {
      tell("no store takes this address", "", "it begins with postgres:// or jdbc:postgresql:");
      return ExitCode.MISSING;
    }
    try {
      run(setup);
      return ExitCode.OK;
    } catch (ConfigurationException | TierUnavailableException failure) {
      tell(failure.getMessage(), "", "");
      return ExitCode.FAILED;
    }
  }

  private String checkedAddress() {
    if (triggers == null && (drop || !tags.isEmpty())) {
      throw wrong((drop ? "--drop" : "--tag") + " goes with --triggers TABLE only");
    }
    if (triggers != null && drop && !tags.isEmpty()) {
      throw wrong("--drop and --tag exclude each other");
    }
    if (triggers != null && !drop && tags.isEmpty()) {
      throw wrong("--triggers needs a --tag, such as --tag 'album:{id}', or --drop");
    }
    if (json && output.format() != Format.TABLE) {
      throw wrong("--json and -o exclude each other");
    }
    if (password != null && passwordFile != null) {
      throw wrong("--password and --password-file exclude each other");
    }
    ConnectOptions.rejectSecret(
        "--url",
        url,
        "give it in DATABASE_URL or PGPASSWORD or in --password-file, or let --password ask");
    String address = url == null ? surroundings.environment().get("DATABASE_URL") : url;
    if (address == null || address.isBlank()) {
      throw wrong("which database? Name it by --url or DATABASE_URL");
    }
    return address;
  }

  private @Nullable StoreSetup find(String address) {
    String given = passwordFile == null
        ? password
        : SecretFile.read(
            "--password-file", passwordFile, surroundings.folder(), surroundings.in());
    // An address with a password of its own knows better than the environment.
    boolean isNamed = given == null && address.matches("[a-z]+://[^/@]*:[^/@]*@.*");
    String secret = given == null ? surroundings.environment().get("PGPASSWORD") : given;
    for (StoreSetup.Provider provider : ServiceLoader.load(StoreSetup.Provider.class)) {
      StoreSetup setup = provider.open(address, user, isNamed ? null : secret, schema);
      if (setup != null) {
        return setup;
      }
    }
    return null;
  }

  private void run(StoreSetup setup) {
    boolean isThere = setup.isComplete();
    List<String> statements = new ArrayList<>();
    boolean creates = !isThere && !drop;
    if (action.isDry()) {
      if (creates) {
        statements.addAll(setup.schemaStatements());
      }
      if (triggers != null) {
        statements.addAll(setup.triggerStatements(keyPrefix, triggers, tags));
      }
    } else {
      if (triggers != null) {
        // What is wrong with table or tags is told before anything is made.
        var unused = setup.triggerStatements(keyPrefix, triggers, tags);
      }
      if (drop) {
        action.askYes(
            surroundings,
            spec.commandLine().getErr(),
            spec.qualifiedName(),
            "Drop the triggers of " + triggers + " in " + setup.shown() + ": caches of key prefix "
                + keyPrefix + " no longer hear of its writes");
      }
      if (creates) {
        setup.createSchema();
      }
      if (triggers != null) {
        setup.setTriggers(keyPrefix, triggers, tags);
      }
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(json(setup, creates, statements));
    } else if (output.format() != Format.TABLE) {
      print(setup, creates, statements);
    } else if (action.isDry()) {
      statements.forEach(
          each -> out.println(each.strip() + (each.strip().endsWith(";") ? "" : ";")));
    } else {
      told(setup, creates, out);
    }
    out.flush();
  }

  private void print(StoreSetup setup, boolean creates, List<String> statements) {
    boolean isDone = !action.isDry();
    Done done = new Done(
        setup.shown(),
        setup.schema(),
        creates && isDone,
        keyPrefix,
        triggers == null ? "" : triggers,
        drop && isDone,
        tags,
        statements);
    Table row = new Table()
        .text("database", "DATABASE")
        .text("databaseSchema", "SCHEMA")
        .text("made", "MADE")
        .text("keyPrefix", "KEY PREFIX")
        .text("table", "TABLE")
        .text("dropped", "DROPPED")
        .text("tags", "TAGS")
        .row(
            Cell.of(done.database()),
            Cell.of(done.databaseSchema()),
            Cell.of(Boolean.toString(done.made())),
            Cell.of(done.keyPrefix()),
            Cell.of(done.table()),
            Cell.of(Boolean.toString(done.dropped())),
            Cell.of(String.join(" ", done.tags())));
    output
        .printer(spec.commandLine().getOut(), surroundings.isTerminal(), surroundings.environment())
        .print(Answer.of("setup", done, row));
  }

  private void told(StoreSetup setup, boolean creates, PrintWriter out) {
    if (!drop) {
      out.printf(
          "%s, schema %s: tables %s%n",
          setup.shown(), setup.schema(), creates ? "made" : "are there already");
    }
    if (triggers != null) {
      out.println(
          drop
              ? triggers + ": triggers of key prefix " + keyPrefix + " dropped"
              : triggers + ": each write ends " + String.join(", ", tags) + " of key prefix "
                  + keyPrefix);
    }
  }

  private String json(StoreSetup setup, boolean creates, List<String> statements) {
    StringBuilder text = new StringBuilder("{");
    text.append("\"database\":").append(quoted(setup.shown()));
    text.append(",\"schema\":").append(quoted(setup.schema()));
    text.append(",\"made\":").append(creates && !action.isDry());
    text.append(",\"keyPrefix\":").append(quoted(keyPrefix));
    if (triggers != null) {
      text.append(",\"table\":").append(quoted(triggers));
      text.append(",\"dropped\":").append(drop && !action.isDry());
      text.append(",\"tags\":").append(quoted(tags));
    }
    if (action.isDry()) {
      text.append(",\"statements\":").append(quoted(statements));
    }
    return text.append('}').toString();
  }

  private static String quoted(List<String> texts) {
    return "[" + String.join(",", texts.stream().map(SetupCommand::quoted).toList()) + "]";
  }

  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c < ' ') {
        quoted.append(String.format("\\u%04x", (int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }

  private void tell(@Nullable String what, String why, String next) {
    Telling.tell(spec.commandLine().getErr(), spec.qualifiedName(), what, why, next);
  }

  private ParameterException wrong(String fault) {
    return new ParameterException(spec.commandLine(), fault);
  }
}
