// Package work has what the functions of the benchmarks do, for every subject in Go.
package work

import (
	"encoding/json"
	"errors"
	"fmt"
)

// HTTPEvent is what is read of an HTTP API's event.
type HTTPEvent struct {
	Body  string            `json:"body"`
	Path  map[string]string `json:"pathParameters"`
	Query map[string]string `json:"queryStringParameters"`
}

// HTTPAnswer is what API Gateway wants.
type HTTPAnswer struct {
	StatusCode int               `json:"statusCode"`
	Headers    map[string]string `json:"headers,omitempty"`
	Body       string            `json:"body"`
}

type order struct {
	Reference *string `json:"reference"`
	Items     []struct {
		Sku        *string `json:"sku"`
		Quantity   *int    `json:"quantity"`
		PriceCents *int    `json:"price_cents"`
	} `json:"items"`
	Address *struct {
		Street   *string `json:"street"`
		City     *string `json:"city"`
		Postcode *string `json:"postcode"`
	} `json:"address"`
	Gift bool   `json:"gift"`
	Note string `json:"note"`
}

type placed struct {
	ID         string `json:"id"`
	Customer   string `json:"customer"`
	Lines      int    `json:"lines"`
	City       string `json:"city"`
	TotalCents *int   `json:"total_cents,omitempty"`
}

// Hello greets.
func Hello() HTTPAnswer {
	return HTTPAnswer{StatusCode: 200, Body: "Hello"}
}

// Orders takes an order, or refuses it.
func Orders(event HTTPEvent) (HTTPAnswer, error) {
	answer, status := any(nil), 201
	taken, err := take(event)
	if err != nil {
		answer, status = map[string]string{"message": err.Error()}, 400
	} else {
		answer = taken
	}
	body, err := json.Marshal(answer)
	headers := map[string]string{"content-type": "application/json"}
	return HTTPAnswer{StatusCode: status, Headers: headers, Body: string(body)}, err
}

func take(event HTTPEvent) (*placed, error) {
	var sent order
	if err := json.Unmarshal([]byte(event.Body), &sent); err != nil {
		return nil, err
	}
	to := sent.Address
	if sent.Reference == nil || sent.Items == nil || to == nil || to.Street == nil || to.City == nil || to.Postcode == nil {
		return nil, errors.New("body: reference, items or address is missing")
	}
	total := 0
	for number, item := range sent.Items {
		if item.Sku == nil || item.Quantity == nil || item.PriceCents == nil {
			return nil, fmt.Errorf("body.items[%d]: sku, quantity or price_cents is missing", number)
		}
		total += *item.Quantity * *item.PriceCents
	}
	customer := event.Path["customer"]
	taken := &placed{ID: customer + "/" + *sent.Reference, Customer: customer, Lines: len(sent.Items), City: *to.City}
	if event.Query["expand"] == "total" {
		taken.TotalCents = &total
	}
	return taken, nil
}
