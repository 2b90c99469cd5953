package dev.larder.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Stands in for the showcase: writes its arguments to the file that the first one names. */
final class FakeShowcase {

  static final int STATUS = 42;

  private FakeShowcase() {}

  public static void main(String[] args) throws IOException {
    Files.write(Path.of(args[0]), List.of(args));
    System.exit(STATUS);
  }
}
