package dev.larder.cli.connect;

import dev.larder.cli.exit.ExitCode;
import dev.larder.cli.exit.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A secret in a file of its own, or on standard input: never in the list of processes. */
public final class SecretFile {

  private SecretFile() {}

  /**
   * The one line that it holds.
   *
   * @param title what named the file, for messages
   * @param path the file, or {@code -} for standard input
   * @param folder that it is relative to
   * @param in standard input
   * @throws Fault without the secret, if the file cannot be read or does not hold one line
   */
  public static String read(String title, String path, Path folder, InputStream in) {
    String text;
    try {
      byte[] bytes =
          path.equals("-") ? in.readAllBytes() : Files.readAllBytes(folder.resolve(path));
      text = new String(bytes, StandardCharsets.UTF_8).strip();
    } catch (IOException failure) {
      throw new Fault(
          ExitCode.MISSING,
          title + " is " + path + ", which cannot be read",
          failure.getClass().getSimpleName(),
          "name a file that holds the secret alone");
    }
    if (text.isEmpty() || text.lines().count() != 1) {
      throw Fault.usage(
          title + " is " + path + ", which does not hold one line", "write the secret alone there");
    }
    return text;
  }
}
