package dev.larder.showcase.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Ports of the loopback address. */
final class Ports {
  /** The port when none is asked for and it is free. */
  static final int USUAL = 8080;

  private static final int TRIED = 100;

  private Ports() {}

  /**
   * The port asked for, or the first free one from {@value #USUAL}.
   *
   * @param asked 0 for any
   * @throws DemoFailure if it is taken
   */
  static int choose(int asked) {
    if (asked != 0) {
      if (isFree(asked)) {
        return asked;
      }
      throw new DemoFailure(
          DemoFailure.FAILED,
          "--port is " + asked + ", and another program listens at 127.0.0.1:" + asked
              + " (or it may be used by root alone).\nChoose another port, or leave --port out for"
              + " the next free one from " + USUAL + ".",
          null);
    }
    for (int port = USUAL; port < USUAL + TRIED; port++) {
      if (isFree(port)) {
        return port;
      }
    }
    throw new DemoFailure(
        DemoFailure.FAILED,
        "No port from " + USUAL + " to " + (USUAL + TRIED - 1) + " is free.\nName one by --port.",
        null);
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException taken) {
      return false;
    }
  }
}
