package dev.larder.web.request;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Runs something once, at the last moment at which headers may still be set: before what is written
 * fills the container's buffer or reaches the declared length, before a flush, an error, a redirect, and
 * before the response is closed. It holds nothing back, so a body that is streamed goes out as ever.
 * Written by one thread at a time, as the container demands.
 */
final class BeforeCommit extends HttpServletResponseWrapper {

  /** Bytes of a char in an encoding that is not known here, or can only be read. */
  private static final int LONGEST_CHAR = 4;

  private final Runnable task;
  private final AtomicBoolean isDone = new AtomicBoolean();
  private @Nullable Counted stream;
  private @Nullable PrintWriter writer;
  private long written;
  private long declared = -1;

  BeforeCommit(HttpServletResponse response, Runnable task) {
    super(response);
    this.task = task;
  }

  /** Runs it now if it has not run and headers may still be set. */
  void now() {
    if (!super.isCommitted() && isDone.compareAndSet(false, true)) {
      task.run();
    }
  }

  private void willWrite(long bytes) {
    written += bytes;
    if (!isDone.get() && (written >= getBufferSize() || (declared >= 0 && written >= declared))) {
      now();
    }
  }

  // ---- what commits

  @Override
  public void flushBuffer() throws IOException {
    now();
    super.flushBuffer();
  }

  @Override
  public void sendError(int status) throws IOException {
    now();
    super.sendError(status);
  }

  @Override
  public void sendError(int status, String message) throws IOException {
    now();
    super.sendError(status, message);
  }

  @Override
  public void sendRedirect(String location) throws IOException {
    now();
    super.sendRedirect(location);
  }

  @Override
  public void sendRedirect(String location, int status, boolean clearBuffer) throws IOException {
    now();
    super.sendRedirect(location, status, clearBuffer);
  }

  @Override
  public void setContentLength(int length) {
    declared = length;
    super.setContentLength(length);
  }

  @Override
  public void setContentLengthLong(long length) {
    declared = length;
    super.setContentLengthLong(length);
  }

  @Override
  public void setHeader(String name, @Nullable String value) {
    declare(name, value);
    super.setHeader(name, value);
  }

  @Override
  public void addHeader(String name, @Nullable String value) {
    declare(name, value);
    super.addHeader(name, value);
  }

  @Override
  public void setIntHeader(String name, int value) {
    declare(name, Integer.toString(value));
    super.setIntHeader(name, value);
  }

  @Override
  public void addIntHeader(String name, int value) {
    declare(name, Integer.toString(value));
    super.addIntHeader(name, value);
  }

  private void declare(String name, @Nullable String value) {
    if (value != null && name.equalsIgnoreCase("Content-Length")) {
      try {
        declared = Long.parseLong(value.strip());
      } catch (NumberFormatException notOne) {
        // The container will not take it for a length either.
        declared = -1;
      }
    }
  }

  @Override
  public void resetBuffer() {
    super.resetBuffer();
    written = 0;
  }

  @Override
  public void reset() {
    super.reset();
    written = 0;
    declared = -1;
    // The header went with all others.
    isDone.set(false);
  }

  // ---- the body

  @Override
  public ServletOutputStream getOutputStream() throws IOException {
    Counted known = stream;
    if (known == null) {
      known = new Counted(super.getOutputStream());
      stream = known;
    }
    return known;
  }

  @Override
  public PrintWriter getWriter() throws IOException {
    PrintWriter known = writer;
    if (known == null) {
      known = new CountedWriter(super.getWriter(), longest(getCharacterEncoding()));
      writer = known;
    }
    return known;
  }

  /** Most bytes of a char: 0 for UTF-8, whose are counted. */
  private static int longest(@Nullable String encoding) {
    try {
      Charset charset = Charset.forName(encoding == null ? "ISO-8859-1" : encoding);
      if (charset.name().equals("UTF-8")) {
        return 0;
      }
      return charset.canEncode()
          ? (int) Math.ceil(charset.newEncoder().maxBytesPerChar())
          : LONGEST_CHAR;
    } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
      return LONGEST_CHAR;
    }
  }

  private final class Counted extends ServletOutputStream {

    private final ServletOutputStream below;

    Counted(ServletOutputStream below) {
      this.below = below;
    }

    @Override
    public void write(int b) throws IOException {
      willWrite(1);
      below.write(b);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      willWrite(length);
      below.write(bytes, offset, length);
    }

    @Override
    public void flush() throws IOException {
      now();
      below.flush();
    }

    @Override
    public void close() throws IOException {
      now();
      below.close();
    }

    @Override
    public boolean isReady() {
      return below.isReady();
    }

    @Override
    public void setWriteListener(WriteListener listener) {
      below.setWriteListener(listener);
    }
  }

  /** Counts at least as many bytes as the container will have encoded. */
  private final class CountedWriter extends PrintWriter {

    private final int longest;

    CountedWriter(PrintWriter below, int longest) {
      super(below);
      this.longest = longest;
    }

    @Override
    public void write(int c) {
      willWrite(longest == 0 ? bytes((char) c) : longest);
      super.write(c);
    }

    @Override
    public void write(char[] text, int offset, int length) {
      if (longest > 0) {
        willWrite((long) longest * length);
      } else if (!isDone.get()) {
        long bytes = 0;
        for (int i = offset; i < offset + length; i++) {
          bytes += bytes(text[i]);
        }
        willWrite(bytes);
      }
      super.write(text, offset, length);
    }

    @Override
    public void write(String text, int offset, int length) {
      if (longest > 0) {
        willWrite((long) longest * length);
      } else if (!isDone.get()) {
        long bytes = 0;
        for (int i = offset; i < offset + length; i++) {
          bytes += bytes(text.charAt(i));
        }
        willWrite(bytes);
      }
      super.write(text, offset, length);
    }

    /** As UTF-8: of a pair each half counts three, and it has four. */
    private static int bytes(char c) {
      return c < 0x80 ? 1 : c < 0x800 ? 2 : 3;
    }

    @Override
    public void println() {
      willWrite(longest == 0 ? 2 : 2L * longest);
      super.println();
    }

    @Override
    public void flush() {
      now();
      super.flush();
    }

    @Override
    public void close() {
      now();
      super.close();
    }
  }
}
