package dev.larder.showcase.themoon.chat;

import dev.larder.showcase.web.LoginCookie;
import dev.larder.showcase.web.Refused;
import dev.larder.showcase.web.Viewer;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.stereotype.Component;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.server.HandshakeInterceptor;

/**
 * Who may open a socket, and to what.
 *
 * @param after number of the last message that the browser has
 */
record Admission(long conversation, long user, long after) {
  private static final String ATTRIBUTE = "admission";

  static Admission of(WebSocketSession session) {
    return (Admission) Objects.requireNonNull(session.getAttributes().get(ATTRIBUTE));
  }

  /**
   * Admits members of a conversation, whose page came from this instance or from another one that is
   * alive: a page of another site is refused, though the browser sends the cookie along.
   */
  @Component
  static final class Door implements HandshakeInterceptor {
    private final LoginCookie cookie;
    private final Conversations conversations;
    private final Instances instances;

    Door(LoginCookie cookie, Conversations conversations, Instances instances) {
      this.cookie = cookie;
      this.conversations = conversations;
      this.instances = instances;
    }

    @Override
    public boolean beforeHandshake(
        ServerHttpRequest request,
        ServerHttpResponse response,
        WebSocketHandler handler,
        Map<String, Object> attributes) {
      HttpServletRequest servlet = ((ServletServerHttpRequest) request).getServletRequest();
      if (!isOurs(servlet)) {
        response.setStatusCode(HttpStatus.FORBIDDEN);
        return false;
      }
      long user = viewer(servlet).id();
      long conversation = number(servlet.getParameter("conversation"));
      try {
        conversations.of(conversation, user);
      } catch (Refused refused) {
        response.setStatusCode(user == 0 ? HttpStatus.UNAUTHORIZED : HttpStatus.NOT_FOUND);
        return false;
      }
      attributes.put(
          ATTRIBUTE, new Admission(conversation, user, number(servlet.getParameter("after"))));
      return true;
    }

    /** In a demonstration everybody may be anybody: {@code as} lets two windows be two people. */
    private Viewer viewer(HttpServletRequest request) {
      long as = number(request.getParameter("as"));
      return as > 0 ? new Viewer(as) : cookie.viewer(request);
    }

    private boolean isOurs(HttpServletRequest request) {
      String origin = request.getHeader("Origin");
      return origin == null
          || origin.equals(request.getScheme() + "://" + request.getHeader("Host"))
          || instances.alive().stream().anyMatch(instance -> instance.origin().equals(origin));
    }

    private static long number(@Nullable String text) {
      return text != null && text.matches("\\d{1,18}") ? Long.parseLong(text) : 0;
    }

    @Override
    public void afterHandshake(
        ServerHttpRequest request,
        ServerHttpResponse response,
        WebSocketHandler handler,
        @Nullable Exception failure) {
      // nothing to give back
    }
  }
}
