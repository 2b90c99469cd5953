package dev.larder.integration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.Cache;
import dev.larder.CachePolicy;
import dev.larder.Larder;
import dev.larder.codec.TypeRef;
import java.io.IOException;
import java.lang.reflect.Type;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import javax.tools.ToolProvider;

/**
 * One build of an application: the record {@code shop.Album} as it is declared there, whatever other
 * builds understand by that name.
 */
final class AlbumBuild implements AutoCloseable {

  private final URLClassLoader classes;
  private final Class<?> type;
  private final Object[] components;
  private final AtomicInteger loads = new AtomicInteger();

  /**
   * Compiles a build.
   *
   * @param directory an empty one for its classes
   * @param declaration of the components, as in a source
   * @param components their values in every album that it loads
   */
  AlbumBuild(Path directory, String declaration, Object... components)
      throws IOException, ClassNotFoundException {
    Path source = Files.writeString(
        Files.createDirectory(directory.resolve("shop")).resolve("Album.java"),
        "package shop; public record Album(" + declaration + ") {}");
    assertThat(ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "-proc:none", "-d", directory.toString(), source.toString()))
        .as("compiles")
        .isZero();
    classes = new URLClassLoader(
        new URL[] {directory.toUri().toURL()}, AlbumBuild.class.getClassLoader());
    type = classes.loadClass("shop.Album");
    this.components = components;
  }

  /** The cache of this build on a node, which is of this build as a whole. */
  Cache<Long, Object> cache(Larder node) {
    return node.cache(
        "album", CachePolicy.of(Long.class, TypeRef.<Object>of((Type) type)).build());
  }

  /** The loader: an album as this build knows it. */
  Object load(long id) {
    loads.incrementAndGet();
    return album();
  }

  /** What this build's reads ought to give. */
  Object album() {
    try {
      return type.getConstructors()[0].newInstance(components);
    } catch (ReflectiveOperationException impossible) {
      throw new AssertionError(impossible);
    }
  }

  /** How often something was loaded. */
  int loads() {
    return loads.get();
  }

  @Override
  public void close() throws IOException {
    classes.close();
  }
}
