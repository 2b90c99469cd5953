package dev.larder.web;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Headers, parameters and addresses: shown as the key holds them, or hidden, or noted. */
abstract class KeyedRequest extends HttpServletRequestWrapper {

  /** The last three speak of a body, and a request with one goes round the cache. */
  private static final Set<String> HIDDEN = Set.of(
      "range",
      "if-range",
      "if-none-match",
      "if-modified-since",
      "if-match",
      "if-unmodified-since",
      "cache-control",
      "pragma",
      "content-type",
      "content-length",
      "transfer-encoding");

  private final ResponseRule rule;
  private final Map<String, String> keyedHeaders;
  private final InputRecord inputs;
  private final Map<String, String> conditions;

  KeyedRequest(
      HttpServletRequest request,
      ResponseRule rule,
      Map<String, String> keyedHeaders,
      InputRecord inputs,
      Map<String, String> conditions) {
    super(request);
    this.rule = rule;
    this.keyedHeaders = keyedHeaders;
    this.inputs = inputs;
    this.conditions = conditions;
  }

  /** Whether the handler may still answer that what is stored holds. */
  abstract boolean isConditional();

  // ---- headers

  @Override
  public @Nullable String getHeader(String name) {
    Enumeration<String> values = getHeaders(name);
    return values.hasMoreElements() ? values.nextElement() : null;
  }

  @Override
  public Enumeration<String> getHeaders(String name) {
    String key = name.toLowerCase(Locale.ROOT);
    if (HIDDEN.contains(key)) {
      String condition = isConditional() ? conditions.get(key) : null;
      return condition == null
          ? Collections.emptyEnumeration()
          : Collections.enumeration(List.of(condition));
    }
    String keyed = keyedHeaders.get(key);
    if (keyed == null) {
      inputs.read("header " + name);
      return super.getHeaders(name);
    }
    if (key.equals("host")) {
      return Collections.enumeration(List.of(keyed.substring(keyed.indexOf("://") + 3)));
    }
    return keyed.isEmpty()
        ? Collections.emptyEnumeration()
        : Collections.enumeration(List.of(keyed));
  }

  @Override
  public int getIntHeader(String name) {
    String value = getHeader(name);
    return value == null ? -1 : Integer.parseInt(value);
  }

  @Override
  public long getDateHeader(String name) {
    String value = getHeader(name);
    OptionalLong date = value == null ? OptionalLong.of(-1) : HttpDates.parse(value);
    return date.orElseThrow(() -> new IllegalArgumentException(name + ": not a date"));
  }

  @Override
  public Enumeration<String> getHeaderNames() {
    inputs.read("all headers");
    return super.getHeaderNames();
  }

  @Override
  public Cookie @Nullable [] getCookies() {
    inputs.read("cookies");
    return super.getCookies();
  }

  @Override
  public Locale getLocale() {
    return getLocales().nextElement();
  }

  @Override
  public Enumeration<Locale> getLocales() {
    String keyed = keyedHeaders.get("accept-language");
    if (keyed == null) {
      inputs.read("header Accept-Language");
      return super.getLocales();
    }
    List<Locale> locales = HeaderForm.locales(keyed);
    return Collections.enumeration(locales.isEmpty() ? List.of(Locale.getDefault()) : locales);
  }

  // ---- parameters

  @Override
  public @Nullable String getParameter(String name) {
    noteParameter(name);
    return super.getParameter(name);
  }

  @Override
  public String @Nullable [] getParameterValues(String name) {
    noteParameter(name);
    return super.getParameterValues(name);
  }

  private void noteParameter(String name) {
    if (!rule.takesWholeQuery() && !rule.query().contains(name)) {
      inputs.read("query parameter " + name);
    }
  }

  @Override
  public Map<String, String[]> getParameterMap() {
    noteQuery("all query parameters");
    return super.getParameterMap();
  }

  @Override
  public Enumeration<String> getParameterNames() {
    noteQuery("all query parameters");
    return super.getParameterNames();
  }

  @Override
  public @Nullable String getQueryString() {
    noteQuery("query string");
    return super.getQueryString();
  }

  private void noteQuery(String input) {
    if (!rule.takesWholeQuery()) {
      inputs.read(input);
    }
  }

  // ---- where it was sent

  @Override
  public String getServerName() {
    noteHost("server name");
    return super.getServerName();
  }

  @Override
  public int getServerPort() {
    noteHost("server port");
    return super.getServerPort();
  }

  @Override
  public String getScheme() {
    noteHost("scheme");
    return super.getScheme();
  }

  @Override
  public boolean isSecure() {
    noteHost("scheme");
    return super.isSecure();
  }

  @Override
  public StringBuffer getRequestURL() {
    noteHost("request URL");
    return super.getRequestURL();
  }

  private void noteHost(String input) {
    if (!keyedHeaders.containsKey("host")) {
      inputs.read(input);
    }
  }

  @Override
  public String getRemoteAddr() {
    inputs.read("remote address");
    return super.getRemoteAddr();
  }

  @Override
  public String getRemoteHost() {
    inputs.read("remote host");
    return super.getRemoteHost();
  }

  @Override
  public int getRemotePort() {
    inputs.read("remote port");
    return super.getRemotePort();
  }

  @Override
  public String getLocalName() {
    inputs.read("local name");
    return super.getLocalName();
  }

  @Override
  public String getLocalAddr() {
    inputs.read("local address");
    return super.getLocalAddr();
  }

  @Override
  public int getLocalPort() {
    inputs.read("local port");
    return super.getLocalPort();
  }
}
