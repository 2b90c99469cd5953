package dev.larder.showcase.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where the demo keeps its data and logs; held by one demo at a time. The lock is the system's, so
 * it ends with the process.
 */
final class DemoFolder implements AutoCloseable {
  private final Path path;
  private final FileChannel channel;

  private DemoFolder(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /**
   * Takes the folder, and makes it if need be.
   *
   * @throws DemoFailure if another demo holds it, or it cannot be written
   */
  static DemoFolder take(Path path) {
    try {
      Files.createDirectories(path);
      FileChannel channel = FileChannel.open(
          path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      @Nullable FileLock lock = tryLock(channel);
      if (lock == null) {
        channel.close();
        throw new DemoFailure(
            DemoFailure.FAILED,
            "Another demo runs with the data in " + path + ".\nStop it first, by Ctrl-C.",
            null);
      }
      return new DemoFolder(path, channel);
    } catch (IOException e) {
      throw new DemoFailure(
          DemoFailure.FAILED,
          "The demo cannot keep its data in " + path + ": " + e + ".\nMake it writable.",
          e);
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException heldByThisProcess) {
      return null;
    }
  }

  /** The files of PostgreSQL. */
  Path database() {
    return path.resolve("postgresql");
  }

  /** What the showcase prints. */
  Path log() {
    return path.resolve("showcase.log");
  }

  /** Log of TheMoon's second instance. */
  Path secondLog() {
    return path.resolve("themoon-second.log");
  }

  /** Removes the database. */
  void dropDatabase() {
    if (!Files.exists(database())) {
      return;
    }
    try (Stream<Path> files = Files.walk(database())) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("could not remove " + database(), e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
