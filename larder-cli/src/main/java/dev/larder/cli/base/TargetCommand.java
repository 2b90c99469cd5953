package dev.larder.cli.base;

import dev.larder.CacheException;
import dev.larder.ConfigurationException;
import dev.larder.TierUnavailableException;
import dev.larder.cli.connect.ConnectOptions;
import dev.larder.cli.connect.Target;
import dev.larder.cli.exit.ExitCode;
import dev.larder.cli.exit.Fault;
import dev.larder.cli.output.OutputOptions;
import dev.larder.cli.output.Printer;
import dev.larder.manage.Management;
import dev.larder.manage.ManagementException;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * A command that is told whom to ask, and how to print. Faults end in three lines and a documented code.
 */
@Command(
    mixinStandardHelpOptions = true,
    versionProvider = LarderVersion.class,
    sortOptions = false,
    usageHelpAutoWidth = true,
    optionListHeading = "%nOptions:%n",
    footerHeading =
        "%nWhom to ask, the first of: options, LARDER_URL or REDIS_URL and DATABASE_URL,"
            + " ./larder.yaml, the application's own application.yaml or .properties.%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "  0:all well",
      "  1:an error; a message says why",
      "  2:wrong usage",
      "  3:what was named is not there",
      "  4:unreachable: the application, or the tier that the message names",
      "  5:a check found something (verify, doctor, status --strict)",
      "  6:refused: nobody agreed, see --yes",
      "130:interrupted"
    })
public abstract class TargetCommand implements Callable<Integer>, Surroundings.Aware {

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Mixin
  private ConnectOptions connect = new ConnectOptions();

  @Mixin
  private OutputOptions output = new OutputOptions();

  private Surroundings surroundings = Surroundings.ofProcess();

  /** For subclasses. */
  protected TargetCommand() {}

  @Override
  public final void runIn(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public final Integer call() {
    try {
      check();
      return asked().status();
    } catch (Fault fault) {
      tell(fault.getMessage(), fault.why(), fault.next());
      return fault.code().status();
    } catch (ManagementException failure) {
      return failed(failure).status();
    } catch (TierUnavailableException failure) {
      tell("a tier is out of reach", failure.getMessage(), "larder doctor looks at the stores");
      return ExitCode.UNREACHABLE.status();
    } catch (ConfigurationException failure) {
      tell("that is no usable setting", failure.getMessage(), name() + " --help");
      return ExitCode.USAGE.status();
    } catch (CacheException failure) {
      tell("that failed", failure.getMessage(), "");
      return ExitCode.FAILED.status();
    }
  }

  private ExitCode asked() {
    Map<String, String> environment = heeded(surroundings.environment());
    Target target = connect.target(environment, surroundings.folder(), surroundings.in());
    return ask(target);
  }

  /** Checks what picocli does not, before anybody is asked. */
  protected void check() {}

  /** Variables of the environment that may name whom to ask. */
  protected Map<String, String> heeded(Map<String, String> environment) {
    return environment;
  }

  /** Asks. */
  protected abstract ExitCode ask(Target target);

  /** A session with what was opened. */
  final Session session(Management management, Target target) {
    return new Session(
        management,
        printer(),
        spec.commandLine().getErr(),
        output.isQuiet(),
        surroundings,
        name(),
        target.shown());
  }

  /** Who prints. */
  protected final Printer printer() {
    return output.printer(
        spec.commandLine().getOut(), surroundings.isTerminal(), surroundings.environment());
  }

  /** Where it runs. */
  protected final Surroundings surroundings() {
    return surroundings;
  }

  private ExitCode failed(ManagementException failure) {
    String why = failure.getMessage();
    return switch (failure.reason()) {
      case WRONG_QUESTION -> {
        tell("that cannot be asked", why, name() + " --help tells what can");
        yield ExitCode.USAGE;
      }
      case NOT_FOUND -> {
        tell("not found", why, "larder keys and larder stats list what there is");
        yield ExitCode.MISSING;
      }
      case UNREACHABLE -> {
        tell(
            "out of reach",
            why,
            "larder doctor looks at the stores; --redis and --database ask them directly");
        yield ExitCode.UNREACHABLE;
      }
      case FORBIDDEN -> {
        tell("not allowed", why, "give a token that may, by LARDER_TOKEN or --token-file");
        yield ExitCode.FAILED;
      }
      case REFUSED -> {
        tell("that cannot be done here", why, "");
        yield ExitCode.FAILED;
      }
    };
  }

  private void tell(@Nullable String what, @Nullable String why, String next) {
    Telling.tell(spec.commandLine().getErr(), name(), what, why, next);
  }

  private String name() {
    return spec.qualifiedName();
  }
}
