package dev.larder.web;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Takes down what a handler answers. Nothing reaches the client until the filter says so.
 *
 * <p>It keeps status, headers and body itself rather than set them on the response below: a refresh
 * runs after that one has been sent. When the body outgrows the limit, or the answer does not end with
 * the handler, it {@link #passOn passes on} what it has and then all that comes. One thread.
 */
final class CapturedResponse extends HttpServletResponseWrapper {

  private static final Pattern CHARSET =
      Pattern.compile(";\\s*charset=\\s*\"?([^\";\\s]+)\"?", Pattern.CASE_INSENSITIVE);

  private final int maxBytes;
  private final boolean isDetached;
  private final CapturedHead head = new CapturedHead();
  private final ByteArrayOutputStream body = new ByteArrayOutputStream(1024);
  private final BodyStream stream = new BodyStream();
  private @Nullable PrintWriter writer;
  private @Nullable String contentType;
  private @Nullable String charset;
  private @Nullable Locale locale;
  private @Nullable String passedOn;
  private int errorStatus;
  private @Nullable String errorMessage;
  private boolean wroteUrl;

  /**
   * Begins.
   *
   * @param maxBytes longest body that is taken down
   * @param isDetached whether the client has been answered; nothing is passed on then
   */
  CapturedResponse(HttpServletResponse response, int maxBytes, boolean isDetached) {
    super(response);
    this.maxBytes = maxBytes;
    this.isDetached = isDetached;
  }

  private HttpServletResponse below() {
    return (HttpServletResponse) getResponse();
  }

  // ---- for the filter

  CapturedHead head() {
    return head;
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

  /** The status of {@code sendError}; 0 if it was not called. */
  int errorStatus() {
    return errorStatus;
  }

  /** Whether it holds a URL with a session id. */
  boolean wroteSessionUrl() {
    return wroteUrl;
  }

  /** Sends what was taken down, and lets pass what comes. */
  void passOn(String reason) {
    if (passedOn != null) {
      return;
    }
    if (writer != null) {
      writer.flush();
    }
    passedOn = reason;
    if (!isDetached) {
      head.applyTo(below());
      try {
        body.writeTo(below().getOutputStream());
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }
    body.reset();
  }

  /** Sends what was taken down as it is. */
  void send() throws IOException {
    if (passedOn != null) {
      return;
    }
    if (errorStatus != 0) {
      head.applyTo(below());
      if (errorMessage == null) {
        below().sendError(errorStatus);
      } else {
        below().sendError(errorStatus, errorMessage);
      }
      return;
    }
    byte[] bytes = body();
    head.applyTo(below());
    if (!head.has("Content-Length") && head.status() != 204 && head.status() != 304) {
      below().setContentLength(bytes.length);
    }
    below().getOutputStream().write(bytes);
  }

  private boolean isLive() {
    return passedOn != null && !isDetached;
  }

  private boolean isOver() {
    return errorStatus != 0 || (passedOn != null && isDetached);
  }

  // ---- status and headers

  @Override
  public void setStatus(int status) {
    if (isLive()) {
      below().setStatus(status);
    } else if (!isOver()) {
      head.status(status);
    }
  }

  @Override
  public int getStatus() {
    return isLive() ? below().getStatus() : errorStatus != 0 ? errorStatus : head.status();
  }

  @Override
  public void sendError(int status) throws IOException {
    error(status, null);
  }

  @Override
  public void sendError(int status, String message) throws IOException {
    error(status, message);
  }

  private void error(int status, @Nullable String message) throws IOException {
    if (isLive()) {
      if (message == null) {
        below().sendError(status);
      } else {
        below().sendError(status, message);
      }
    } else if (!isOver()) {
      resetBuffer();
      errorStatus = status;
      errorMessage = message;
    }
  }

  @Override
  public void sendRedirect(String location) throws IOException {
    sendRedirect(location, SC_FOUND, true);
  }

  @Override
  public void sendRedirect(String location, int status) throws IOException {
    sendRedirect(location, status, true);
  }

  @Override
  public void sendRedirect(String location, boolean clearBuffer) throws IOException {
    sendRedirect(location, SC_FOUND, clearBuffer);
  }

  @Override
  public void sendRedirect(String location, int status, boolean clearBuffer) throws IOException {
    if (isLive()) {
      below().sendRedirect(location, status, clearBuffer);
    } else if (!isOver()) {
      if (clearBuffer) {
        resetBuffer();
      }
      head.status(status);
      head.set("Location", location);
    }
  }

  @Override
  public void addCookie(Cookie cookie) {
    if (isLive()) {
      below().addCookie(cookie);
    } else {
      head.cookie(cookie);
    }
  }

  @Override
  public void setHeader(String name, @Nullable String value) {
    if (isLive()) {
      below().setHeader(name, value);
    } else if (name.equalsIgnoreCase("Content-Type")) {
      setContentType(value);
    } else if (!isOver()) {
      head.set(name, value);
    }
  }

  @Override
  public void addHeader(String name, String value) {
    if (isLive()) {
      below().addHeader(name, value);
    } else if (name.equalsIgnoreCase("Content-Type")) {
      setContentType(value);
    } else if (!isOver()) {
      head.add(name, value);
    }
  }

  @Override
  public void setIntHeader(String name, int value) {
    setHeader(name, Integer.toString(value));
  }

  @Override
  public void addIntHeader(String name, int value) {
    addHeader(name, Integer.toString(value));
  }

  @Override
  public void setDateHeader(String name, long date) {
    setHeader(name, HttpDates.format(date));
  }

  @Override
  public void addDateHeader(String name, long date) {
    addHeader(name, HttpDates.format(date));
  }

  @Override
  public boolean containsHeader(String name) {
    return head.has(name) || below().containsHeader(name);
  }

  @Override
  public @Nullable String getHeader(String name) {
    return head.has(name) ? head.values(name).get(0) : below().getHeader(name);
  }

  @Override
  public Collection<String> getHeaders(String name) {
    return head.has(name) ? head.values(name) : below().getHeaders(name);
  }

  @Override
  public Collection<String> getHeaderNames() {
    Set<String> names = new LinkedHashSet<>(head.names());
    names.addAll(below().getHeaderNames());
    return names;
  }

  // ---- type, encoding, language

  @Override
  public void setContentType(@Nullable String type) {
    if (isLive()) {
      below().setContentType(type);
      return;
    }
    if (type == null) {
      contentType = null;
      charset = writer == null ? null : charset;
    } else {
      Matcher found = CHARSET.matcher(type);
      if (found.find()) {
        charset = writer == null ? found.group(1) : charset;
        contentType = found.replaceFirst("");
      } else {
        contentType = type;
      }
    }
    sayType();
  }

  private void sayType() {
    if (!isOver()) {
      head.set("Content-Type", getContentType());
    }
  }

  @Override
  public @Nullable String getContentType() {
    if (isLive() || contentType == null) {
      return isLive() ? below().getContentType() : null;
    }
    return charset == null ? contentType : contentType + ";charset=" + charset;
  }

  @Override
  public void setCharacterEncoding(@Nullable String encoding) {
    if (isLive()) {
      below().setCharacterEncoding(encoding);
    } else if (writer == null) {
      charset = encoding;
      sayType();
    }
  }

  @Override
  public void setCharacterEncoding(@Nullable Charset encoding) {
    setCharacterEncoding(encoding == null ? null : encoding.name());
  }

  @Override
  public String getCharacterEncoding() {
    return isLive() ? below().getCharacterEncoding() : charset == null ? "ISO-8859-1" : charset;
  }

  @Override
  public void setLocale(@Nullable Locale language) {
    if (isLive()) {
      below().setLocale(language);
    } else {
      locale = language;
      setHeader("Content-Language", language == null ? null : language.toLanguageTag());
    }
  }

  @Override
  public Locale getLocale() {
    return locale == null ? below().getLocale() : locale;
  }

  @Override
  public void setContentLength(int length) {
    setContentLengthLong(length);
  }

  @Override
  public void setContentLengthLong(long length) {
    if (isLive()) {
      below().setContentLengthLong(length);
    } else {
      head.set("Content-Length", Long.toString(length));
    }
  }

  @Override
  public String encodeURL(String url) {
    String encoded = super.encodeURL(url);
    wroteUrl |= !encoded.equals(url);
    return encoded;
  }

  @Override
  public String encodeRedirectURL(String url) {
    String encoded = super.encodeRedirectURL(url);
    wroteUrl |= !encoded.equals(url);
    return encoded;
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
      writer = new PrintWriter(new OutputStreamWriter(stream, getCharacterEncoding()));
    }
    return writer;
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
    head.clear();
    contentType = null;
    charset = writer == null ? null : charset;
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
        passOnNow();
      }
      if (isLive()) {
        below().getOutputStream().write(bytes, offset, length);
      } else if (passedOn == null) {
        body.write(bytes, offset, length);
      }
    }

    /** As passOn, but a writer that is being flushed must not be flushed again. */
    private void passOnNow() throws IOException {
      passedOn = "longer than " + maxBytes + " bytes";
      if (!isDetached) {
        head.applyTo(below());
        body.writeTo(below().getOutputStream());
      }
      body.reset();
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
