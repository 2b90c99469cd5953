package dev.larder.boottests.console;

import dev.larder.boottests.console.Records.Album;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;

/** Where all instances have their records from; a test says how much of it, and what is broken. */
final class Warehouse {

  /** A favourite takes one. */
  final Semaphore permits = new Semaphore(0);

  /** Favourites that were asked for. */
  final Queue<Long> asked = new ConcurrentLinkedQueue<>();

  /** Favourites that cannot be had. */
  final Set<Long> broken = ConcurrentHashMap.newKeySet();

  volatile int edition = 1;

  Album album(long id) {
    Album album = Records.read(id);
    return new Album(id, album.title() + ", edition " + edition, album.artist());
  }

  Album favourite(long id) throws InterruptedException {
    permits.acquire();
    asked.add(id);
    if (broken.contains(id)) {
      throw new IllegalStateException("record " + id + " is broken");
    }
    return album(id);
  }
}
