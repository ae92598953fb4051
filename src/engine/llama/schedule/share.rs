//! How a batch is divided among prompts.

/// How many tokens of each prompt go into a batch that has room for `budget` of them; `unread`
/// are those that each has left.
///
/// Equal shares, so that a short prompt does not wait for a long one; what a short one leaves
/// goes to the others, and the odd ones to the first.
pub(super) fn divide(unread: &[usize], budget: usize) -> Vec<usize> {
    let mut shares = vec![0; unread.len()];
    let mut left = budget.min(unread.iter().sum());
    while left > 0 {
        let hungry: Vec<_> = (0..unread.len())
            .filter(|&place| shares[place] < unread[place])
            .collect();
        let each = (left / hungry.len()).max(1);
        for place in hungry {
            let more = each.min(unread[place] - shares[place]).min(left);
            shares[place] += more;
            left -= more;
        }
    }
    shares
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_short_prompt_does_not_wait_for_a_long_one() {
        assert_eq!(divide(&[8000, 20, 0, 300], 120), [50, 20, 0, 50]);
        assert_eq!(divide(&[8000, 300], 32), [16, 16]);
        assert_eq!(divide(&[5, 5, 5], 2), [1, 1, 0]);
        assert_eq!(divide(&[0, 0], 100), [0, 0]);
        assert_eq!(divide(&[], 100), [0; 0]);
    }

    proptest! {
        #[test]
        fn the_whole_budget_is_used_and_nobody_gets_more_than_they_have(
            unread in proptest::collection::vec(0_usize..2000, 0..9),
            budget in 0_usize..3000,
        ) {
            let shares = divide(&unread, budget);
            prop_assert_eq!(shares.iter().sum::<usize>(), budget.min(unread.iter().sum()));
            prop_assert!(shares.iter().zip(&unread).all(|(share, unread)| share <= unread));
        }
    }
}
