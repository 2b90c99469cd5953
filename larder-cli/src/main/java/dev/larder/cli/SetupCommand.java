package dev.larder.cli;

import dev.larder.CacheException;
import dev.larder.ConfigurationException;
import dev.larder.TierUnavailableException;
import dev.larder.cli.base.LarderVersion;
import dev.larder.cli.exit.ExitCode;
import dev.larder.tier.StoreSetup;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
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
      "  PGPASSWORD    The password where the address has none.",
      "",
      "Exit codes: 0 all well, 1 the database refused or lacks a table or column, 2 wrong usage,",
      "3 no store for the address, 4 the database does not answer or refuses the user."
    })
final class SetupCommand implements Callable<Integer> {

  /** The environment; tests have their own. */
  static Map<String, String> environment = System.getenv();

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Option(
      names = "--url",
      paramLabel = "ADDRESS",
      description = "The database. Default: DATABASE_URL.")
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
      description = "With --triggers: drops the table's triggers for the key prefix.")
  private boolean drop;

  @Option(names = "--dry-run", description = "Prints the SQL and changes nothing.")
  private boolean dryRun;

  @Option(names = "--json", description = "Prints JSON for programs.")
  private boolean json;

  @Override
  public Integer call() {
    String address = checkedAddress();
    StoreSetup setup;
    try {
      setup = find(address);
    } catch (TierUnavailableException failure) {
      return failed(ExitCode.UNREACHABLE, failure);
    } catch (ConfigurationException failure) {
      throw new ParameterException(spec.commandLine(), String.valueOf(failure.getMessage()));
    }
    if (setup == null) {
      spec.commandLine()
          .getErr()
          .println("larder setup: no store takes this address; it begins with postgres:// or"
              + " jdbc:postgresql:");
      return ExitCode.MISSING.status();
    }
    try {
      run(setup);
      return ExitCode.OK.status();
    } catch (ConfigurationException | TierUnavailableException failure) {
      return failed(ExitCode.FAILED, failure);
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
    String address = url == null ? environment.get("DATABASE_URL") : url;
    if (address == null || address.isBlank()) {
      throw wrong("which database? Name it by --url or DATABASE_URL");
    }
    return address;
  }

  private @Nullable StoreSetup find(String address) {
    String secret = password == null ? environment.get("PGPASSWORD") : password;
    // An address with a password of its own knows better than the environment.
    boolean isNamed = password == null && address.matches("[a-z]+://[^/@]*:[^/@]*@.*");
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
    if (dryRun) {
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
    } else if (dryRun) {
      statements.forEach(
          each -> out.println(each.strip() + (each.strip().endsWith(";") ? "" : ";")));
    } else {
      told(setup, creates, out);
    }
    out.flush();
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
    text.append(",\"made\":").append(creates && !dryRun);
    text.append(",\"keyPrefix\":").append(quoted(keyPrefix));
    if (triggers != null) {
      text.append(",\"table\":").append(quoted(triggers));
      text.append(",\"dropped\":").append(drop && !dryRun);
      text.append(",\"tags\":").append(quoted(tags));
    }
    if (dryRun) {
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

  private int failed(ExitCode code, CacheException failure) {
    spec.commandLine().getErr().println("larder setup: " + failure.getMessage());
    return code.status();
  }

  private ParameterException wrong(String fault) {
    return new ParameterException(spec.commandLine(), fault);
  }
}
