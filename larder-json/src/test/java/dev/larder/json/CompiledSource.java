package dev.larder.json;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Classes of one name and many shapes: each source is compiled into a class loader of its own. */
final class CompiledSource extends ClassLoader {

  private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();

  /** Shared: opening the class path and the JDK's modules takes longer than compiling. */
  private static final StandardJavaFileManager FILES =
      COMPILER.getStandardFileManager(null, null, null);

  private final Map<String, byte[]> classes = new HashMap<>();

  private CompiledSource() {
    super(CompiledSource.class.getClassLoader());
  }

  /** The class {@code shop.Album} of a source in package {@code shop} with Jackson's annotations. */
  static Class<?> album(String declarations) {
    CompiledSource loader = new CompiledSource();
    loader.compile("package shop; import com.fasterxml.jackson.annotation.*; import java.util.*;"
        + " import java.time.*; "
        + declarations);
    try {
      return loader.loadClass("shop.Album");
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }

  private void compile(String source) {
    JavaFileObject file =
        new SimpleJavaFileObject(
            URI.create("string:///shop/Album.java"), JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreErrors) {
            return source;
          }
        };
    Boolean done = COMPILER
        .getTask(
            null,
            new Memory(),
            null,
            List.of(
                "-proc:none", "-parameters", "-classpath", System.getProperty("java.class.path")),
            null,
            List.of(file))
        .call();
    if (!done) {
      throw new AssertionError("does not compile: " + source);
    }
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    byte[] bytes = classes.get(name);
    if (bytes == null) {
      throw new ClassNotFoundException(name);
    }
    return defineClass(name, bytes, 0, bytes.length);
  }

  private final class Memory extends ForwardingJavaFileManager<StandardJavaFileManager> {

    Memory() {
      super(FILES);
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
        JavaFileManager.Location location,
        String name,
        JavaFileObject.Kind kind,
        javax.tools.FileObject sibling) {
      return new SimpleJavaFileObject(URI.create("memory:///" + name), kind) {
        @Override
        public OutputStream openOutputStream() {
          return new ByteArrayOutputStream() {
            @Override
            public void close() {
              classes.put(name, toByteArray());
            }
          };
        }
      };
    }
  }
}
