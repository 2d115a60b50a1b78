package ca.assistantgazelle.emulators.mail;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Tracks its open connections so that a test can close one. */
final class TrackedServerSocket extends ServerSocket {
    private final Map<SocketAddress, Socket> open = new ConcurrentHashMap<>();
    private final AtomicInteger accepted = new AtomicInteger();

    TrackedServerSocket() throws IOException {
        super();
    }

    @Override
    public Socket accept() throws IOException {
        var socket = super.accept();
        open.values().removeIf(Socket::isClosed);
        open.put(socket.getRemoteSocketAddress(), socket);
        accepted.incrementAndGet();
        return socket;
    }

    int accepted() {
        return accepted.get();
    }

    void disconnect(SocketAddress client) throws IOException {
        var socket = open.remove(client);
        if (socket != null) {
            socket.close();
        }
    }
}
