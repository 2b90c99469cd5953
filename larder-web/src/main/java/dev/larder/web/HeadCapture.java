package dev.larder.web;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The part of a taken-down response that comes before its body: status, headers, type. */
abstract class HeadCapture extends HttpServletResponseWrapper {

  private static final Pattern CHARSET =
      Pattern.compile(";\\s*charset=\\s*\"?([^\";\\s]+)\"?", Pattern.CASE_INSENSITIVE);

  private final CapturedHead head = new CapturedHead();
  private @Nullable String contentType;
  private @Nullable String charset;
  private @Nullable Locale locale;
  private int errorStatus;
  private @Nullable String errorMessage;
  private boolean wroteUrl;

  HeadCapture(HttpServletResponse response) {
    super(response);
  }

  /** Whether what comes is passed on to the response below. */
  abstract boolean isLive();

  /** Whether nothing that comes counts any more. */
  abstract boolean isOver();

  /** Whether the encoding is settled. */
  abstract boolean hasWriter();

  final HttpServletResponse below() {
    return (HttpServletResponse) getResponse();
  }

  final CapturedHead head() {
    return head;
  }

  /** The status of {@code sendError}; 0 if it was not called. */
  final int errorStatus() {
    return errorStatus;
  }

  /** Whether it holds a URL with a session id. */
  final boolean wroteSessionUrl() {
    return wroteUrl;
  }

  /** What was said with it; null if nothing. */
  final @Nullable String errorMessage() {
    return errorMessage;
  }

  /** Takes {@code sendError} back. */
  final void forgetError() {
    errorStatus = 0;
    errorMessage = null;
  }

  /** Forgets everything but what a writer has settled. */
  final void resetHead() {
    head.clear();
    contentType = null;
    charset = hasWriter() ? charset : null;
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
      charset = !hasWriter() ? null : charset;
    } else {
      Matcher found = CHARSET.matcher(type);
      if (found.find()) {
        charset = !hasWriter() ? found.group(1) : charset;
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
    } else if (!hasWriter()) {
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
}
