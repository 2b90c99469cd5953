package dev.larder.spring.thymeleaf;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;

/** The response as a fragment sees it: a URL that gets a session id is noted. */
final class GuardedResponse extends HttpServletResponseWrapper {

  private final FragmentInputs inputs;

  GuardedResponse(HttpServletResponse response, FragmentInputs inputs) {
    super(response);
    this.inputs = inputs;
  }

  @Override
  public String encodeURL(String url) {
    return noted(url, super.encodeURL(url));
  }

  @Override
  public String encodeRedirectURL(String url) {
    return noted(url, super.encodeRedirectURL(url));
  }

  private String noted(String given, String encoded) {
    if (!given.equals(encoded)) {
      inputs.read("session id in a URL");
    }
    return encoded;
  }
}
