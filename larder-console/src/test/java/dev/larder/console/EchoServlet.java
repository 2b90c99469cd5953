package dev.larder.console;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A page of the application around the console, which keeps what it was asked. */
final class EchoServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  private final transient List<String> asked = new CopyOnWriteArrayList<>();

  /** Each request with the headers that matter. */
  List<String> asked() {
    return asked;
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response) {
    StringBuilder line = new StringBuilder("GET ")
        .append(request.getRequestURI())
        .append('?')
        .append(request.getQueryString());
    for (String name : List.of("cookie", "authorization", "cache-control", "pragma", "referer")) {
      line.append(", ").append(name).append(": ").append(request.getHeader(name));
    }
    asked.add(line.toString());
    response.setHeader("Cache-Status", "larder; hit; ttl=77");
    response.setHeader("Age", "29");
    response.setHeader("ETag", "\"echo-1\"");
  }
}
