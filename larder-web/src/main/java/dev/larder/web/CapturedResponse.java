package dev.larder.web;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.io.UnsupportedEncodingException;
import java.io.Writer;
import java.nio.charset.Charset;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes down what a handler answers. Nothing reaches the client until the filter says so.
 *
 * <p>It keeps status, headers and body itself rather than set them on the response below: a refresh
 * runs after that one has been sent. When the body outgrows the limit, or the answer does not end with
 * the handler, it {@link #passOn passes on} what it has and then all that comes. One thread.
 */
final class CapturedResponse extends HeadCapture {

  private final int maxBytes;
  private final boolean isDetached;
  private final Consumer<String> beforePassing;
  private final ByteArrayOutputStream body = new ByteArrayOutputStream(1024);
  private final BodyStream stream = new BodyStream();
  private @Nullable PrintWriter writer;
  private @Nullable String passedOn;

  /**
   * Begins.
   *
   * @param maxBytes longest body that is taken down
   * @param isDetached whether the client has been answered; nothing is passed on then
   * @param beforePassing told why, before anything is passed on
   */
  CapturedResponse(
      HttpServletResponse response,
      int maxBytes,
      boolean isDetached,
      Consumer<String> beforePassing) {
    super(response);
    this.maxBytes = maxBytes;
    this.isDetached = isDetached;
    this.beforePassing = beforePassing;
  }

  // ---- for the filter

  /** The handler has returned: what its writer holds back may take the body past the limit yet. */
  void end() {
    if (writer != null && passedOn == null) {
      writer.flush();
    }
  }

  /** The body so far. */
  byte[] body() {
    if (writer != null) {
      writer.flush();
    }
    return body.toByteArray();
  }

  /** Why the response went past; null if it was taken down. */
  @Nullable String passedOn() {
    return passedOn;
  }

  /** Sends what was taken down, and lets pass what comes. */
  void passOn(String reason) {
    if (passedOn != null) {
      return;
    }
    if (writer != null) {
      writer.flush();
    }
    try {
      passWhatIsThere(reason);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private void passWhatIsThere(String reason) throws IOException {
    passedOn = reason;
    if (!isDetached) {
      head().applyTo(below());
      beforePassing.accept(reason);
      body.writeTo(below().getOutputStream());
    }
    body.reset();
  }

  /** The handler said that a stored response still holds: that one, with what the handler said of it. */
  void confirm(StoredResponse stored) {
    body();
    body.reset();
    forgetError();
    head().complete(stored);
    body.writeBytes(stored.body());
  }

  /** The client has what was taken down: only says so. */
  void notModified() {
    head().status(SC_NOT_MODIFIED);
    head().set("Content-Length", null);
    head().set("Content-Type", null);
    body();
    body.reset();
  }

  /** Sends what was taken down as it is. */
  void send() throws IOException {
    if (passedOn != null) {
      return;
    }
    if (errorStatus() != 0) {
      head().applyTo(below());
      if (errorMessage() == null) {
        below().sendError(errorStatus());
      } else {
        below().sendError(errorStatus(), errorMessage());
      }
      return;
    }
    byte[] bytes = body();
    head().applyTo(below());
    if (!head().has("Content-Length") && head().status() != 204 && head().status() != 304) {
      below().setContentLength(bytes.length);
    }
    below().getOutputStream().write(bytes);
  }

  @Override
  boolean isLive() {
    return passedOn != null && !isDetached;
  }

  @Override
  boolean isOver() {
    return errorStatus() != 0 || (passedOn != null && isDetached);
  }

  @Override
  boolean hasWriter() {
    return writer != null;
  }

  // ---- body

  @Override
  public ServletOutputStream getOutputStream() {
    return stream;
  }

  @Override
  public PrintWriter getWriter() throws IOException {
    if (writer == null) {
      setCharacterEncoding(getCharacterEncoding());
      writer = new PrintWriter(new BodyWriter(charset(getCharacterEncoding())));
    }
    return writer;
  }

  /** As the servlet API has it, an encoding that there is not is the caller's to hear of. */
  private static Charset charset(String name) throws UnsupportedEncodingException {
    try {
      return Charset.forName(name);
    } catch (IllegalArgumentException unknown) {
      throw new UnsupportedEncodingException(name);
    }
  }

  @Override
  public void setTrailerFields(@Nullable Supplier<Map<String, String>> trailers) {
    passOn("it has trailer fields");
    if (!isDetached) {
      below().setTrailerFields(trailers);
    }
  }

  @Override
  public void flushBuffer() throws IOException {
    if (writer != null) {
      writer.flush();
    }
    if (isLive()) {
      below().flushBuffer();
    }
  }

  @Override
  public void resetBuffer() {
    if (isLive()) {
      below().resetBuffer();
      return;
    }
    if (writer != null) {
      writer.flush();
    }
    body.reset();
  }

  @Override
  public void reset() {
    if (isLive()) {
      below().reset();
      return;
    }
    resetBuffer();
    resetHead();
  }

  @Override
  public boolean isCommitted() {
    return isLive() ? below().isCommitted() : isOver();
  }

  @Override
  public void setBufferSize(int size) {
    // It is as large as it must be.
  }

  @Override
  public int getBufferSize() {
    return maxBytes;
  }

  /**
   * Encodes. Once the body is passed on nothing is held back here: the container knows when the response
   * ends, and this class does not.
   */
  private final class BodyWriter extends Writer {

    private final OutputStreamWriter encoder;

    BodyWriter(Charset charset) {
      this.encoder = new OutputStreamWriter(
          new FilterOutputStream(stream) {
            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
              out.write(bytes, offset, length);
            }

            @Override
            public void flush() {
              // To the container; whether that is to flush is the handler's to say.
            }
          },
          charset);
    }

    @Override
    public void write(char[] text, int offset, int length) throws IOException {
      encoder.write(text, offset, length);
      if (passedOn != null) {
        encoder.flush();
      }
    }

    @Override
    public void flush() throws IOException {
      encoder.flush();
      stream.flush();
    }

    @Override
    public void close() throws IOException {
      encoder.flush();
      stream.close();
    }
  }

  /** Into memory, until it is passed on. */
  private final class BodyStream extends ServletOutputStream {

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      if (isOver()) {
        return;
      }
      if (passedOn == null && body.size() + length > maxBytes) {
        // Not passOn: the writer may be in the middle of its own flush.
        passWhatIsThere("longer than " + maxBytes + " bytes");
      }
      if (isLive()) {
        below().getOutputStream().write(bytes, offset, length);
      } else if (passedOn == null) {
        body.write(bytes, offset, length);
      }
    }

    @Override
    public void flush() throws IOException {
      if (isLive()) {
        below().getOutputStream().flush();
      }
    }

    @Override
    public boolean isReady() {
      try {
        return !isLive() || below().getOutputStream().isReady();
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }

    @Override
    public void setWriteListener(WriteListener listener) {
      passOn("written without blocking");
      if (!isDetached) {
        try {
          below().getOutputStream().setWriteListener(listener);
        } catch (IOException failure) {
          throw new UncheckedIOException(failure);
        }
      }
    }
  }
}
