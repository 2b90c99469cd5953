package dev.larder.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * Stands in for the showcase. The first argument names a file: it gets all arguments, after which
 * the process ends. With {@code stay} as the second argument it gets the process id, and the process
 * stays until it is ended.
 */
final class FakeShowcase {

  static final int STATUS = 42;

  private FakeShowcase() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    boolean stay = args.length > 1 && args[1].equals("stay");
    List<String> lines =
        stay ? List.of(Long.toString(ProcessHandle.current().pid())) : List.of(args);
    // In one step, so that whoever waits for the file never reads half of it.
    Path partial = Path.of(args[0] + ".partial");
    Files.write(partial, lines);
    Files.move(partial, Path.of(args[0]), StandardCopyOption.ATOMIC_MOVE);
    if (stay) {
      new CountDownLatch(1).await();
    }
    System.exit(STATUS);
  }
}
