package io.bida.api.management;

import io.bida.cluster.ClusterReport;
import io.bida.cluster.ClusterReport.Copies;
import io.bida.cluster.ClusterReport.Node;
import io.bida.cluster.NodeReport;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;

/** The cluster as JSON; every name is part of the API and stands in {@code openapi.json}. */
final class ClusterJson {

    private ClusterJson() {}

    static JsonObject of(ClusterReport report) {
        JsonArrayBuilder members = Json.createArrayBuilder();
        report.members().forEach(members::add);
        JsonArrayBuilder nodes = Json.createArrayBuilder();
        report.nodes().forEach(node -> nodes.add(of(node)));
        return Json.createObjectBuilder()
                .add("takenAt", report.takenAt().toString())
                .add("askedNode", report.askedNode())
                .add("standsAlone", report.standsAlone())
                .add("canLoseANode", report.loss().canLoseANode())
                .add("reasonCode", report.loss().reason().name())
                .add("reason", report.loss().words())
                .add("epoch", report.epoch())
                .add("members", members)
                .add("copies", of(report.copies()))
                .add("nodes", nodes)
                .build();
    }

    private static JsonObjectBuilder of(Copies copies) {
        return Json.createObjectBuilder()
                .add("minimum", copies.minimum())
                .add("wanted", copies.wanted())
                .add("fewest", copies.fewest())
                .add("segments", copies.segments())
                .add("underReplicated", copies.underReplicated())
                .add("toCopy", copies.toCopy())
                .add("ofCopies", copies.ofCopies())
                .add("complete", copies.isComplete());
    }

    static JsonObject of(Node node) {
        JsonObjectBuilder json = Json.createObjectBuilder()
                .add("name", node.name())
                .add("state", node.state().name())
                .add("detail", node.detail());
        node.goneSince().ifPresent(since -> json.add("goneSince", since.toString()));
        node.report().ifPresent(report -> addTo(json, report));
        return json.build();
    }

    private static void addTo(JsonObjectBuilder json, NodeReport report) {
        NodeReport.Room room = report.room();
        json.add("address", report.run().address())
                .add("version", report.run().version())
                .add("uptimeSeconds", report.run().uptime().toSeconds())
                .add("epoch", report.membership().epoch())
                .add("segmentsLed", report.segments().led())
                .add("segmentsOwned", report.segments().owned())
                .add("toCopy", report.segments().toCopy())
                .add("ofCopies", report.segments().ofCopies())
                .add("messages", report.messages())
                .add(
                        "disk",
                        Json.createObjectBuilder()
                                .add("freeBytes", room.diskFree())
                                .add("reserveBytes", room.diskReserve()))
                .add(
                        "heap",
                        Json.createObjectBuilder()
                                .add("usedBytes", room.heapUsed())
                                .add("maxBytes", room.heapMax()));
    }
}
