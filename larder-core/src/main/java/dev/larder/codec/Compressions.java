package dev.larder.codec;

import dev.larder.ConfigurationException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The compressions that come with Larder: zlib always, zstd when zstd-jni can be loaded. */
public final class Compressions {

  private static final Compression ZLIB = new ZlibCompression();

  /** Looked for only when zlib will not do: zstd unpacks and loads a native library. */
  private static final class Found {
    private static final List<Compression> ALL = find();
  }

  private Compressions() {}

  /** What this process can use, in the order of their ids. */
  public static List<Compression> available() {
    return Found.ALL;
  }

  /** The compression of an entry that carries this id; empty if this process does not have it. */
  public static Optional<Compression> byId(int id) {
    if (id == ZLIB.id()) {
      return Optional.of(ZLIB);
    }
    for (Compression each : Found.ALL) {
      if (each.id() == id) {
        return Optional.of(each);
      }
    }
    return Optional.empty();
  }

  /**
   * The compression with a configured name.
   *
   * @param name {@code zlib} or {@code zstd}
   * @throws ConfigurationException if there is none, or it cannot be loaded here
   */
  public static Compression byName(String name) {
    if (name.equals(ZLIB.name())) {
      return ZLIB;
    }
    List<String> names = new ArrayList<>();
    for (Compression each : Found.ALL) {
      if (each.name().equals(name)) {
        return each;
      }
      names.add(each.name());
    }
    throw new ConfigurationException("compression \""
        + name
        + "\": available are "
        + String.join(", ", names)
        + (name.equals("zstd") ? "; for zstd add com.github.luben:zstd-jni" : ""));
  }

  private static List<Compression> find() {
    List<Compression> found = new ArrayList<>();
    found.add(ZLIB);
    try {
      found.add(new ZstdCompression());
    } catch (LinkageError absent) {
      // Optional: the class is missing, or its native part does not run on this machine.
    }
    return List.copyOf(found);
  }
}
