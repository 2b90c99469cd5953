/**
 * The live part of conversations. {@link dev.larder.showcase.themoon.chat.ChatSocket} talks to browsers,
 * {@link dev.larder.showcase.themoon.chat.Bell} wakes every instance when a message is committed, {@link
 * dev.larder.showcase.themoon.chat.Instances} tells browsers where else they can go.
 */
@NullMarked
package dev.larder.showcase.themoon.chat;

import org.jspecify.annotations.NullMarked;
