package dev.larder.showcase.demo;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;

/**
 * Stands in for the showcase's launcher. It writes its process id and its options to the file {@code
 * options} in the folder it is given and ends; with a scale of 10 it stays until its standard input
 * ends.
 */
public final class DemoMain {
  public static final int STATUS = 42;

  private DemoMain() {}

  public static void main(String[] args) throws IOException {
    List<String> options = Arrays.asList(args);
    Path folder = Path.of(options.stream()
        .filter(it -> it.startsWith("--folder="))
        .findFirst()
        .orElseThrow()
        .substring("--folder=".length()));
    Files.createDirectories(folder);
    // In one step, so that whoever waits for the file never reads half of it.
    Path partial = folder.resolve("partial");
    Files.writeString(
        partial, ProcessHandle.current().pid() + "\n" + String.join("\n", options) + "\n");
    Files.move(partial, folder.resolve("options"), StandardCopyOption.ATOMIC_MOVE);
    if (options.contains("--scale=10")) {
      System.in.transferTo(OutputStream.nullOutputStream());
      Files.writeString(folder.resolve("ended"), "in good order");
    }
    System.exit(STATUS);
  }
}
