package dev.larder.spring.thymeleaf;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpSession;
import java.security.Principal;
import java.util.Enumeration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The request as a fragment sees it: what is read of it, is noted. */
final class GuardedRequest extends HttpServletRequestWrapper {

  private final FragmentInputs inputs;
  private boolean isQuiet;

  GuardedRequest(HttpServletRequest request, FragmentInputs inputs) {
    super(request);
    this.inputs = inputs;
  }

  /** Whether looks for the session go unnoticed, here and in the requests below. */
  void isQuiet(boolean quiet) {
    isQuiet = quiet;
    if (getRequest() instanceof GuardedRequest below) {
      below.isQuiet(quiet);
    }
  }

  // ---- who sent it

  @Override
  public @Nullable Principal getUserPrincipal() {
    inputs.readUser("user");
    return super.getUserPrincipal();
  }

  @Override
  public @Nullable String getRemoteUser() {
    inputs.readUser("user");
    return super.getRemoteUser();
  }

  @Override
  public boolean isUserInRole(String role) {
    inputs.readRole("role " + role);
    return super.isUserInRole(role);
  }

  @Override
  public @Nullable String getAuthType() {
    inputs.read("authentication type");
    return super.getAuthType();
  }

  @Override
  public @Nullable HttpSession getSession(boolean create) {
    if (!isQuiet) {
      inputs.read("session");
    }
    return super.getSession(create);
  }

  @Override
  public HttpSession getSession() {
    inputs.read("session");
    return super.getSession();
  }

  @Override
  public @Nullable String getRequestedSessionId() {
    inputs.read("session");
    return super.getRequestedSessionId();
  }

  @Override
  public Cookie @Nullable [] getCookies() {
    inputs.read("cookies");
    return super.getCookies();
  }

  @Override
  public @Nullable String getRemoteAddr() {
    inputs.read("remote address");
    return super.getRemoteAddr();
  }

  @Override
  public @Nullable String getRemoteHost() {
    inputs.read("remote address");
    return super.getRemoteHost();
  }

  // ---- what it asks for

  @Override
  public @Nullable String getParameter(String name) {
    inputs.read("request parameter " + name);
    return super.getParameter(name);
  }

  @Override
  public String @Nullable [] getParameterValues(String name) {
    inputs.read("request parameter " + name);
    return super.getParameterValues(name);
  }

  @Override
  public Map<String, String[]> getParameterMap() {
    inputs.read("request parameters");
    return super.getParameterMap();
  }

  @Override
  public Enumeration<String> getParameterNames() {
    inputs.read("request parameters");
    return super.getParameterNames();
  }

  @Override
  public @Nullable String getQueryString() {
    inputs.read("query string");
    return super.getQueryString();
  }

  @Override
  public String getRequestURI() {
    inputs.read("path of the request");
    return super.getRequestURI();
  }

  @Override
  public StringBuffer getRequestURL() {
    inputs.read("path of the request");
    return super.getRequestURL();
  }

  @Override
  public String getServletPath() {
    inputs.read("path of the request");
    return super.getServletPath();
  }

  @Override
  public @Nullable String getPathInfo() {
    inputs.read("path of the request");
    return super.getPathInfo();
  }

  @Override
  public String getScheme() {
    inputs.read("host");
    return super.getScheme();
  }

  @Override
  public String getServerName() {
    inputs.read("host");
    return super.getServerName();
  }

  @Override
  public int getServerPort() {
    inputs.read("host");
    return super.getServerPort();
  }

  @Override
  public @Nullable String getHeader(String name) {
    inputs.read("header " + name);
    return super.getHeader(name);
  }

  @Override
  public Enumeration<String> getHeaders(String name) {
    inputs.read("header " + name);
    return super.getHeaders(name);
  }

  @Override
  public Enumeration<String> getHeaderNames() {
    inputs.read("headers");
    return super.getHeaderNames();
  }

  @Override
  public long getDateHeader(String name) {
    inputs.read("header " + name);
    return super.getDateHeader(name);
  }

  @Override
  public int getIntHeader(String name) {
    inputs.read("header " + name);
    return super.getIntHeader(name);
  }

  @Override
  public @Nullable Object getAttribute(String name) {
    return OneVisitors.noted(super.getAttribute(name), name, inputs);
  }
}
