package dev.larder.showcase.themoon.chat;

import org.springframework.context.annotation.Configuration;
import org.springframework.web.socket.config.annotation.EnableWebSocket;
import org.springframework.web.socket.config.annotation.WebSocketConfigurer;
import org.springframework.web.socket.config.annotation.WebSocketHandlerRegistry;

/** Where sockets are opened. */
@Configuration(proxyBeanMethods = false)
@EnableWebSocket
class SocketConfiguration implements WebSocketConfigurer {
  private final ChatSocket socket;
  private final Admission.Door door;

  SocketConfiguration(ChatSocket socket, Admission.Door door) {
    this.socket = socket;
    this.door = door;
  }

  @Override
  public void registerWebSocketHandlers(WebSocketHandlerRegistry registry) {
    // The door knows the addresses of the other instances, which come and go.
    registry.addHandler(socket, "/socket").addInterceptors(door).setAllowedOriginPatterns("*");
  }
}
