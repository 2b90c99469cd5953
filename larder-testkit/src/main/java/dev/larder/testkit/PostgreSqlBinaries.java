package dev.larder.testkit;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * The PostgreSQL programs that come as a library, unpacked once a machine and user, and how this
 * user may run them.
 */
final class PostgreSqlBinaries {

  /** The uid and gid that root's servers run as: nobody. */
  private static final String NOBODY = "65534";

  /** Where {@code bin} lies. */
  final Path home;

  /** What goes before each command: PostgreSQL refuses to run as root. */
  final List<String> prefix;

  /** Whether files have to be given to {@link #NOBODY} before the programs may use them. */
  final boolean asNobody;

  private PostgreSqlBinaries(Path home, List<String> prefix, boolean asNobody) {
    this.home = home;
    this.prefix = prefix;
    this.asNobody = asNobody;
  }

  static PostgreSqlBinaries unpacked() {
    return Once.BINARIES;
  }

  /** Gives a directory, and what it will hold, to the user that the programs run as. */
  void give(Path directory) {
    if (asNobody) {
      ServerProcess.run(List.of("chown", "-R", NOBODY + ":" + NOBODY, directory.toString()));
    }
  }

  private static final class Once {
    static final PostgreSqlBinaries BINARIES = open();

    private static PostgreSqlBinaries open() {
      Path home = unpack();
      if (!ServerProcess.run(List.of("id", "-u")).trim().equals("0")) {
        return new PostgreSqlBinaries(home, List.of(), false);
      }
      // In a user namespace of its own root is nobody to itself, and still owns its files.
      List<String> namespace = List.of("unshare", "-U");
      if (works(namespace)) {
        return new PostgreSqlBinaries(home, namespace, false);
      }
      List<String> setpriv =
          List.of("setpriv", "--reuid", NOBODY, "--regid", NOBODY, "--clear-groups");
      if (works(setpriv)) {
        return new PostgreSqlBinaries(home, setpriv, true);
      }
      throw new IllegalStateException(
          "PostgreSQL does not run as root, and neither 'unshare -U' nor 'setpriv' works here."
              + " Run as an ordinary user, or install util-linux");
    }

    private static boolean works(List<String> prefix) {
      try {
        ServerProcess.run(Stream.concat(prefix.stream(), Stream.of("true")).toList());
        return true;
      } catch (IllegalStateException | UncheckedIOException no) {
        return false;
      }
    }

    private static Path unpack() {
      String os = System.getProperty("os.name").startsWith("Mac") ? "Darwin" : "Linux";
      String arch = System.getProperty("os.arch");
      try (InputStream packed = DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(
          os, arch.equals("amd64") ? "x86_64" : arch)) {
        byte[] archive = packed.readAllBytes();
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(archive);
        Path base = base();
        Path home = base.resolve("postgresql-" + HexFormat.of().formatHex(digest, 0, 8));
        if (!Files.isDirectory(home)) {
          Path fresh = Files.createTempDirectory(base, "unpacking-");
          open(fresh);
          extract(archive, fresh);
          rename(fresh, home);
        }
        return home;
      } catch (IOException e) {
        throw new UncheckedIOException("could not unpack PostgreSQL", e);
      } catch (NoSuchAlgorithmException e) {
        throw new AssertionError("every JDK has SHA-256", e);
      }
    }

    /** A directory of this user alone, since its files are executed. */
    private static Path base() throws IOException {
      Path probe = Files.createTempDirectory("larder-");
      Path base = probe.resolveSibling("larder-" + System.getProperty("user.name"));
      if (!Files.isDirectory(base)) {
        open(probe);
        rename(probe, base);
      } else if (Files.getOwner(base).equals(Files.getOwner(probe))
          && !Files.isSymbolicLink(base)) {
        Files.delete(probe);
      } else {
        ServerProcess.deleteAtExit(probe);
        open(probe);
        return probe;
      }
      return base;
    }

    private static void open(Path directory) throws IOException {
      Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** Moves a directory to its final name. Another process may have been faster. */
    private static void rename(Path from, Path to) throws IOException {
      try {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
      } catch (AtomicMoveNotSupportedException e) {
        throw e;
      } catch (IOException taken) {
        if (!Files.isDirectory(to)) {
          throw taken;
        }
        ServerProcess.remove(from);
      }
    }

    private static void extract(byte[] archive, Path to) throws IOException {
      try (TarArchiveInputStream tar =
          new TarArchiveInputStream(new XZInputStream(new ByteArrayInputStream(archive)))) {
        TarArchiveEntry entry;
        while ((entry = tar.getNextEntry()) != null) {
          Path file = to.resolve(entry.getName()).normalize();
          if (!file.startsWith(to)) {
            throw new IOException("the archive leaves its directory: " + entry.getName());
          }
          Files.createDirectories(entry.isDirectory() ? file : file.getParent());
          if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
          } else if (entry.isFile()) {
            Files.copy(tar, file);
            if ((entry.getMode() & 0100) != 0) {
              open(file);
            }
          }
        }
      }
    }
  }
}
