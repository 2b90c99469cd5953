package dev.larder.showcase.web;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletException;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class SameOriginFilterTest {

  @ParameterizedTest
  @CsvSource({
    "POST, , , true",
    "POST, same-origin, , true",
    "POST, none, , true",
    "POST, cross-site, , false",
    "POST, same-site, , false",
    "POST, cross-site, http://here.example:81, false",
    "POST, , http://here.example:81, true",
    "POST, , http://here.example, false",
    "POST, , https://here.example:81, false",
    "POST, , http://here.example:81.evil.example, false",
    "POST, , null, false",
    "PUT, cross-site, , false",
    "PATCH, cross-site, , false",
    "DELETE, , http://evil.example, false",
    "GET, cross-site, , true",
    "HEAD, cross-site, , true",
    "OPTIONS, , http://evil.example, true",
  })
  void writes_passFromHereAlone(String method, String site, String origin, boolean passes)
      throws ServletException, IOException {
    MockHttpServletRequest request = new MockHttpServletRequest(method, "/halfnote/logout");
    request.setScheme("http");
    request.addHeader("Host", "here.example:81");
    if (site != null) {
      request.addHeader("Sec-Fetch-Site", site);
    }
    if (origin != null) {
      request.addHeader("Origin", origin);
    }
    MockHttpServletResponse response = new MockHttpServletResponse();
    MockFilterChain chain = new MockFilterChain();
    new SameOriginFilter().doFilter(request, response, chain);
    assertThat(chain.getRequest() != null).isEqualTo(passes);
    assertThat(response.getStatus()).isEqualTo(passes ? 200 : 403);
  }
}
