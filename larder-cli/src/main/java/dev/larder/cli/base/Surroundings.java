package dev.larder.cli.base;

import dev.larder.cli.connect.Connection;
import java.io.Console;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.Map;

/**
 * Where a command runs; tests have their own.
 *
 * @param environment variables
 * @param folder where {@code larder.yaml} may be
 * @param in standard input
 * @param isTerminal whether a person sits at both ends
 * @param opening opens what is to be asked
 */
public record Surroundings(
    Map<String, String> environment,
    Path folder,
    InputStream in,
    boolean isTerminal,
    Connection.Opening opening) {

  /** A command that can be run elsewhere than in this process's surroundings. */
  public interface Aware {

    /** Lets it run elsewhere. */
    void runIn(Surroundings surroundings);
  }

  /** Those of this process. */
  public static Surroundings ofProcess() {
    return new Surroundings(
        System.getenv(), Path.of(""), System.in, sitsAtTerminal(), Connection::open);
  }

  @SuppressWarnings("SystemConsoleNull") // up to JDK 21 it is null where there is no terminal
  private static boolean sitsAtTerminal() {
    Console console = System.console();
    if (console == null) {
      return false;
    }
    try {
      // From JDK 22 on there is a console without a terminal too, and this method to tell.
      Method method = Console.class.getMethod("isTerminal");
      return (boolean) method.invoke(console);
    } catch (NoSuchMethodException e) {
      return true;
    } catch (ReflectiveOperationException e) {
      return false;
    }
  }
}
