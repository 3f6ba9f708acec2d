// AWS's Go runtime, with the functions of the benchmarks; _HANDLER says which one is served.
package main

import (
	"context"
	"encoding/json"
	"log"
	"os"

	"benchmark/work"

	"github.com/aws/aws-lambda-go/events"
	"github.com/aws/aws-lambda-go/lambda"
)

type document struct {
	Records []any `json:"records"`
}

type counted struct {
	Count   int   `json:"count"`
	Records []any `json:"records"`
}

func main() {
	handlers := map[string]any{
		"hello":         func(context.Context, map[string]any) (work.HTTPAnswer, error) { return work.Hello(), nil },
		"orders":        func(_ context.Context, event work.HTTPEvent) (work.HTTPAnswer, error) { return work.Orders(event) },
		"sqs_batch":     ship,
		"json_document": sendBack,
	}
	handler, known := handlers[os.Getenv("_HANDLER")]
	if !known {
		log.Fatalf("no function %q", os.Getenv("_HANDLER"))
	}
	lambda.Start(handler)
}

func ship(_ context.Context, event events.SQSEvent) (events.SQSEventResponse, error) {
	answer := events.SQSEventResponse{BatchItemFailures: []events.SQSBatchItemFailure{}}
	for _, record := range event.Records {
		var shipment struct {
			Quantity int `json:"quantity"`
		}
		if err := json.Unmarshal([]byte(record.Body), &shipment); err != nil {
			return answer, err
		}
		if shipment.Quantity < 1 {
			failed := events.SQSBatchItemFailure{ItemIdentifier: record.MessageId}
			answer.BatchItemFailures = append(answer.BatchItemFailures, failed)
		}
	}
	return answer, nil
}

func sendBack(_ context.Context, event document) (counted, error) {
	return counted{Count: len(event.Records), Records: event.Records}, nil
}
